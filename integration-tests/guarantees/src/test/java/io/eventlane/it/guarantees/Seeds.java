package io.eventlane.it.guarantees;

import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Which scenarios are run. */
final class Seeds {

    private static final String PROPERTY = "guarantees.seed";

    private Seeds() {
    }

    /** The one that was asked for by {@code -Dguarantees.seed}. */
    static OptionalLong askedFor() {
        String seed = System.getProperty(PROPERTY, "");
        return seed.isBlank() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(seed));
    }

    /** The one that was asked for, or else these. */
    static LongStream orElse(LongStream seeds) {
        OptionalLong one = askedFor();
        return one.isPresent() ? LongStream.of(one.getAsLong()) : seeds;
    }
}
