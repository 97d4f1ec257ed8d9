package io.eventlane.jetstream;

import java.time.Duration;

import io.eventlane.jetstream.JetStreamOutgoing.Compression;

/** Outgoing channels as tests configure them. */
record Channels(JetStreamOutgoing settings) {

    /** With the defaults. */
    static Channels to(String topic) {
        return new Channels(new JetStreamOutgoing("out", topic, "quarkus.eventlane.outgoing.out.", false, Compression.NONE,
                10_000, true, Duration.ofSeconds(5), Duration.ofSeconds(30)));
    }

    Channels partitioned() {
        return new Channels(new JetStreamOutgoing(settings.channel(), settings.topic(), settings.prefix(), true,
                settings.compression(), settings.maxInflight(), settings.ordered(), settings.ackTimeout(),
                settings.deliveryTimeout()));
    }

    Channels compressed() {
        return new Channels(new JetStreamOutgoing(settings.channel(), settings.topic(), settings.prefix(),
                settings.partitioned(), Compression.LZ4, settings.maxInflight(), settings.ordered(), settings.ackTimeout(),
                settings.deliveryTimeout()));
    }

    Channels inFlight(int most) {
        return new Channels(new JetStreamOutgoing(settings.channel(), settings.topic(), settings.prefix(),
                settings.partitioned(), settings.compression(), most, settings.ordered(), settings.ackTimeout(),
                settings.deliveryTimeout()));
    }

    Channels unordered() {
        return new Channels(new JetStreamOutgoing(settings.channel(), settings.topic(), settings.prefix(),
                settings.partitioned(), settings.compression(), settings.maxInflight(), false, settings.ackTimeout(),
                settings.deliveryTimeout()));
    }

    Channels timeouts(Duration ack, Duration delivery) {
        return new Channels(new JetStreamOutgoing(settings.channel(), settings.topic(), settings.prefix(),
                settings.partitioned(), settings.compression(), settings.maxInflight(), settings.ordered(), ack, delivery));
    }
}
