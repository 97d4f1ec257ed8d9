package io.eventlane.benchmarks.jetstream;

/** One way to publish to a stream, or to consume it. */
public enum Arm {

    /** The client's publish, which waits for each acknowledgement. */
    PUBLISH_BARE_SYNC("bare publish, one at a time"),
    /** The client's publishAsync, with that many on their way. */
    PUBLISH_BARE_100(100),
    PUBLISH_BARE_500(500),
    PUBLISH_BARE_1000(1_000),
    PUBLISH_BARE_4000(4_000),
    PUBLISH_BARE_10000(10_000),
    /** An emitter of the peer. */
    PUBLISH_PEER("quarkus-messaging-nats-jetstream"),
    /** Eventlane's bus as it is configured by default, with up to 10,000 on their way. */
    PUBLISH_EVENTLANE("Eventlane, 10,000 in flight"),

    /** A thread that fetches batches, and handles and acknowledges one message after the other. */
    CONSUME_BARE_FETCH("bare fetch(500), ack"),
    /** A callback of the client, which handles and acknowledges one message after the other while it fetches the next. */
    CONSUME_BARE_CALLBACK("bare consume(), ack"),
    /** The peer without concurrency: on its event loop, or with {@code @Blocking} where the handler parks. */
    CONSUME_PEER("quarkus-messaging-nats-jetstream"),
    /** The peer with {@code @RunOnVirtualThread}. */
    CONSUME_PEER_VIRTUAL("quarkus-messaging-nats-jetstream, virtual"),
    /** Eventlane as it is configured by default. */
    CONSUME_EVENTLANE("Eventlane, ordered by key");

    /** Half of them warm up: a compiler has most of its work in the first hundreds of thousands. */
    private static final int FAST = 1_200_000;
    private static final int SLOW = 50_000;

    private final String title;
    private final int window;

    Arm(String title) {
        this(title, 1);
    }

    Arm(int window) {
        this(String.format("bare publishAsync, %,d in flight", window), window);
    }

    Arm(String title, int window) {
        this.title = title;
        this.window = window;
    }

    public String title() {
        return title;
    }

    /** How many records a bare publisher has on their way. */
    public int window() {
        return window;
    }

    public boolean publishes() {
        return name().startsWith("PUBLISH_");
    }

    /** Whether it is in the peer's application. */
    boolean isOfPeer() {
        return name().contains("_PEER");
    }

    boolean isOfEventlane() {
        return name().endsWith("_EVENTLANE");
    }

    /** Whether others are compared with it: with the fastest of the bare ways to publish, or with the loop that fetches. */
    boolean isYardstick() {
        return name().startsWith("PUBLISH_BARE_") || this == CONSUME_BARE_FETCH;
    }

    /** How many records keep it busy for some seconds. */
    int recordsFor(Scenario scenario) {
        return switch (this) {
            case PUBLISH_BARE_SYNC, PUBLISH_PEER -> SLOW;
            case PUBLISH_BARE_100, PUBLISH_BARE_500, PUBLISH_BARE_1000, PUBLISH_BARE_4000, PUBLISH_BARE_10000,
                    PUBLISH_EVENTLANE ->
                FAST;
            case CONSUME_BARE_FETCH, CONSUME_BARE_CALLBACK -> scenario.parks() ? oneByOne(scenario) : FAST;
            case CONSUME_PEER -> scenario.parks() ? oneByOne(scenario) : SLOW;
            case CONSUME_PEER_VIRTUAL -> SLOW;
            case CONSUME_EVENTLANE -> scenario.parks()
                    ? (int) Math.min(FAST, oneByOne(scenario) / scenario.keys().largestShare())
                    : FAST;
        };
    }

    private static int oneByOne(Scenario scenario) {
        return 4_000 / scenario.handlerMillis();
    }
}
