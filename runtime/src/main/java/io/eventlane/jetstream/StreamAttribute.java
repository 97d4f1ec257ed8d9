package io.eventlane.jetstream;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.eventlane.jetstream.StreamSettings.Compression;
import io.eventlane.jetstream.StreamSettings.Discard;
import io.eventlane.jetstream.StreamSettings.Retention;
import io.eventlane.jetstream.StreamSettings.Storage;
import io.nats.client.api.CompressionOption;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;

/**
 * Something that can be configured of a stream.
 *
 * @param name of its property
 * @param wanted what is configured; {@code null} where nothing is
 * @param actual what a stream has
 * @param changeable whether a stream that exists can be changed without danger for what is in it
 * @param <T> a type with {@code equals}
 */
record StreamAttribute<T>(
        String name,
        Function<StreamSettings, @Nullable T> wanted,
        Function<StreamConfiguration, T> actual,
        BiConsumer<StreamConfiguration.Builder, T> setter,
        boolean changeable) {

    static final StreamAttribute<Storage> STORAGE = new StreamAttribute<>("storage", StreamSettings::storage,
            stream -> stream.getStorageType() == StorageType.Memory ? Storage.MEMORY : Storage.FILE,
            (stream, value) -> stream.storageType(value == Storage.MEMORY ? StorageType.Memory : StorageType.File), false);
    static final StreamAttribute<Duration> RETENTION = new StreamAttribute<>("retention", StreamSettings::retention,
            StreamConfiguration::getMaxAge,
            StreamConfiguration.Builder::maxAge, true);
    static final StreamAttribute<Retention> RETENTION_POLICY = new StreamAttribute<>("retention-policy",
            StreamSettings::retentionPolicy,
            stream -> retention(stream.getRetentionPolicy()),
            (stream, value) -> stream.retentionPolicy(policy(value)), false);
    static final StreamAttribute<Long> MAX_SIZE = new StreamAttribute<>("max-size", StreamSettings::maxSize,
            stream -> Math.max(0, stream.getMaxBytes()),
            (stream, value) -> stream.maxBytes(orUnlimited(value)), true);
    static final StreamAttribute<Long> MAX_MESSAGES = new StreamAttribute<>("max-messages", StreamSettings::maxMessages,
            stream -> Math.max(0, stream.getMaxMsgs()),
            (stream, value) -> stream.maxMessages(orUnlimited(value)), true);
    static final StreamAttribute<Integer> MAX_MESSAGE_SIZE = new StreamAttribute<>("max-message-size",
            StreamSettings::maxMessageSize,
            stream -> Math.max(0, stream.getMaximumMessageSize()),
            (stream, value) -> stream.maximumMessageSize((int) orUnlimited(value)), true);
    static final StreamAttribute<Discard> DISCARD = new StreamAttribute<>("discard", StreamSettings::discard,
            stream -> stream.getDiscardPolicy() == DiscardPolicy.New ? Discard.NEW : Discard.OLD,
            (stream, value) -> stream.discardPolicy(value == Discard.NEW ? DiscardPolicy.New : DiscardPolicy.Old), true);
    static final StreamAttribute<Duration> DUPLICATE_WINDOW = new StreamAttribute<>("duplicate-window",
            StreamSettings::duplicateWindow,
            stream -> Objects.requireNonNullElse(stream.getDuplicateWindow(), Duration.ZERO),
            StreamConfiguration.Builder::duplicateWindow, true);
    static final StreamAttribute<Integer> REPLICAS = new StreamAttribute<>("replicas", StreamSettings::replicas,
            StreamConfiguration::getReplicas,
            StreamConfiguration.Builder::replicas, true);
    static final StreamAttribute<Compression> COMPRESSION = new StreamAttribute<>("compression", StreamSettings::compression,
            stream -> stream.getCompressionOption() == CompressionOption.S2 ? Compression.S2 : Compression.NONE,
            (stream, value) -> stream.compressionOption(value == Compression.S2 ? CompressionOption.S2
                    : CompressionOption.None),
            true);
    static final StreamAttribute<String> DESCRIPTION = new StreamAttribute<>("description", StreamSettings::description,
            stream -> Objects.requireNonNullElse(stream.getDescription(), ""),
            StreamConfiguration.Builder::description, true);

    /** In the order in which differences are told. */
    static final List<StreamAttribute<?>> ALL = List.of(STORAGE, RETENTION, RETENTION_POLICY, MAX_SIZE, MAX_MESSAGES,
            MAX_MESSAGE_SIZE, DISCARD, DUPLICATE_WINDOW, REPLICAS, COMPRESSION, DESCRIPTION);

    /** Whether a stream has what is configured, or nothing is. */
    boolean matches(StreamSettings settings, StreamConfiguration stream) {
        T value = wanted.apply(settings);
        return value == null || value.equals(actual.apply(stream));
    }

    /** Gives a stream what is configured. */
    void set(StreamConfiguration.Builder stream, StreamSettings settings) {
        T value = wanted.apply(settings);
        if (value != null) {
            setter.accept(stream, value);
        }
    }

    private static long orUnlimited(long value) {
        return value == 0 ? -1 : value;
    }

    private static Retention retention(RetentionPolicy policy) {
        return switch (policy) {
            case Limits -> Retention.LIMITS;
            case Interest -> Retention.INTEREST;
            case WorkQueue -> Retention.WORKQUEUE;
        };
    }

    private static RetentionPolicy policy(Retention retention) {
        return switch (retention) {
            case LIMITS -> RetentionPolicy.Limits;
            case INTEREST -> RetentionPolicy.Interest;
            case WORKQUEUE -> RetentionPolicy.WorkQueue;
        };
    }
}
