package io.eventlane.brokers;

import java.util.function.Predicate;

/** The releases of nats-server that Eventlane is tested with. They are those of Debian's distributions. */
public enum NatsLine {

    /** 2.9, the oldest that Eventlane works with. Debian 12 has it. */
    OLDEST("2.9", release -> release.isOf("2.9")),

    /**
     * 2.10, for the tests that run one: newer servers can what it can, so nothing that passes there needs a newer ability, and
     * it is not yet as old as the oldest. Debian 13 has it.
     */
    STANDARD("2.10", release -> release.isOf("2.10")),

    /** 2.11 or newer, where a consumer can pin a client and a message have a time to live of its own. Debian's sid has it. */
    NEWEST("2.11 or newer", release -> release.isAtLeast("2.11"));

    private final String versions;
    private final Predicate<NatsRelease> members;

    NatsLine(String versions, Predicate<NatsRelease> members) {
        this.versions = versions;
        this.members = members;
    }

    boolean has(NatsRelease release) {
        return members.test(release);
    }

    @Override
    public String toString() {
        return versions;
    }
}
