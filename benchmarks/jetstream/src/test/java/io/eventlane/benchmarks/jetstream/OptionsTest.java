package io.eventlane.benchmarks.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.eventlane.benchmarks.common.Keys;

class OptionsTest {

    @Test
    void whenHandlersPark_thenTheyDoSoWithTheFirstLengthAlone() {
        Options options = parse("--bytes=100,1024", "--handler-millis=0,5", "--keys=1");

        assertThat(options.plan().scenarios()).containsExactly(Scenario.publishing(100, Keys.of(1)),
                Scenario.publishing(1_024, Keys.of(1)), Scenario.consuming(100, Keys.of(1), 0),
                Scenario.consuming(1_024, Keys.of(1), 0), Scenario.consuming(100, Keys.of(1), 5));
    }

    @Test
    void whenSeveralNumbersOfKeysAreGiven_thenPublishingTakesTheLast() {
        Options options = parse("--bytes=100", "--handler-millis=0", "--keys=1000-zipf,7");

        assertThat(options.plan().scenarios()).containsExactly(Scenario.publishing(100, Keys.of(7)),
                Scenario.consuming(100, new Keys(1_000, true), 0), Scenario.consuming(100, Keys.of(7), 0));
    }

    @Test
    void whenOneKindIsAskedFor_thenAllArmsOfThatKindRun() {
        assertThat(parse("--arms=publish").arms()).containsExactlyElementsOf(
                Arrays.stream(Arm.values()).filter(Arm::publishes).toList());
    }

    private static Options parse(String... options) {
        return Options.parse(Stream.concat(Stream.of("application", "peer"), Arrays.stream(options)).toList());
    }
}
