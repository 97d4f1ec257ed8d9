package io.eventlane.jetstream;

import java.time.Duration;

import io.eventlane.jetstream.StreamSettings.Compression;
import io.eventlane.jetstream.StreamSettings.Discard;
import io.eventlane.jetstream.StreamSettings.Retention;
import io.eventlane.jetstream.StreamSettings.Storage;
import io.eventlane.jetstream.TopicSpec.OnMismatch;
import io.eventlane.jetstream.TopicSpec.Persistence;
import io.eventlane.jetstream.TopicSpec.Strategy;

/** Topics as tests configure them. */
record Specs(TopicSpec spec) {

    static Specs of(String topic) {
        return new Specs(TopicSpec.of(topic));
    }

    Specs persistence(Persistence persistence) {
        return new Specs(new TopicSpec(spec.topic(), persistence, spec.stream(), spec.partitions(), spec.strategy(),
                spec.onMismatch(), spec.settings()));
    }

    Specs stream(String stream) {
        return new Specs(new TopicSpec(spec.topic(), spec.persistence(), stream, spec.partitions(), spec.strategy(),
                spec.onMismatch(), spec.settings()));
    }

    Specs partitions(int partitions) {
        return new Specs(new TopicSpec(spec.topic(), spec.persistence(), spec.stream(), partitions, spec.strategy(),
                spec.onMismatch(), spec.settings()));
    }

    Specs strategy(Strategy strategy) {
        return new Specs(new TopicSpec(spec.topic(), spec.persistence(), spec.stream(), spec.partitions(), strategy,
                spec.onMismatch(), spec.settings()));
    }

    Specs onMismatch(OnMismatch onMismatch) {
        return new Specs(new TopicSpec(spec.topic(), spec.persistence(), spec.stream(), spec.partitions(), spec.strategy(),
                onMismatch, spec.settings()));
    }

    Specs settings(StreamSettings settings) {
        return new Specs(new TopicSpec(spec.topic(), spec.persistence(), spec.stream(), spec.partitions(), spec.strategy(),
                spec.onMismatch(), settings));
    }

    Specs storage(Storage storage) {
        return settings(new StreamSettings(storage, null, null, null, null, null, null, null, null, null, null));
    }

    Specs maxMessages(long maxMessages) {
        return settings(new StreamSettings(null, null, null, maxMessages, null, null, null, null, null, null, null));
    }

    Specs maxSize(long maxSize) {
        return settings(new StreamSettings(null, null, maxSize, null, null, null, null, null, null, null, null));
    }

    Specs retention(Duration retention) {
        return settings(new StreamSettings(null, retention, null, null, null, null, null, null, null, null, null));
    }

    Specs duplicateWindow(Duration window) {
        return settings(new StreamSettings(null, null, null, null, null, null, null, null, window, null, null));
    }

    Specs replicas(int replicas) {
        return settings(new StreamSettings(null, null, null, null, null, replicas, null, null, null, null, null));
    }

    Specs compression(Compression compression) {
        return settings(new StreamSettings(null, null, null, null, null, null, compression, null, null, null, null));
    }

    /** Something else than the default in everything that a single server has. */
    Specs everything() {
        return settings(new StreamSettings(Storage.MEMORY, Duration.ofHours(1), 1L << 20, 1000L, 1 << 10, 1, Compression.NONE,
                "the orders", Duration.ofMinutes(3), Discard.OLD, Retention.WORKQUEUE));
    }
}
