package io.eventlane.benchmarks.kafka;

import java.util.List;

/** One way to consume the topic. */
public enum Arm {

    /** A plain consumer that handles each record on the thread that polls. */
    BARE("bare poll loop"),
    /**
     * SmallRye without concurrency: on its event loop, or with {@code @Blocking} on a worker thread where the handler
     * parks.
     */
    SMALLRYE("SmallRye, ordered"),
    /** SmallRye with {@code @RunOnVirtualThread}. */
    SMALLRYE_VIRTUAL("SmallRye, virtual, unordered"),
    /** Eventlane as it is configured by default. */
    EVENTLANE("Eventlane, ordered by key");

    private final String title;

    Arm(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** What activates this arm's channel and no other. */
    List<String> properties(Scenario scenario) {
        return List.of(
                enabled("mp.messaging.incoming.smallrye", this == SMALLRYE && !scenario.parks()),
                enabled("mp.messaging.incoming.smallrye-blocking", this == SMALLRYE && scenario.parks()),
                enabled("mp.messaging.incoming.smallrye-virtual", this == SMALLRYE_VIRTUAL),
                enabled("quarkus.eventlane", this == EVENTLANE));
    }

    private static String enabled(String what, boolean enabled) {
        return what + ".enabled=" + enabled;
    }
}
