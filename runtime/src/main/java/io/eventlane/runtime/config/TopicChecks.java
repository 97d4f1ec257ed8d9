package io.eventlane.runtime.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.eventlane.jetstream.StreamSettings;
import io.eventlane.jetstream.StreamSettings.Compression;
import io.eventlane.jetstream.StreamSettings.Storage;
import io.eventlane.jetstream.TopicSpec;
import io.eventlane.jetstream.TopicSpec.Persistence;
import io.eventlane.jetstream.TopicSpec.Strategy;
import io.eventlane.runtime.config.EventlaneConfig.Preset;
import io.eventlane.runtime.config.EventlaneConfig.Topic;
import io.quarkus.runtime.configuration.MemorySize;

/** Checks what is said about topics, each alone and those together that share a stream. */
final class TopicChecks {

    static final Set<String> ATTRIBUTES = Set.of("persistence", "stream", "strategy", "on-mismatch", "preset", "storage",
            "retention", "max-size", "max-messages", "max-message-size", "discard", "retention-policy", "duplicate-window",
            "replicas", "partitions", "compression", "payload-compression", "description");

    /** What a stream has, by the name of its property. */
    private static final Map<String, Function<StreamSettings, @Nullable Object>> OF_STREAM = new TreeMap<>(Map.ofEntries(
            Map.entry("storage", StreamSettings::storage), Map.entry("retention", StreamSettings::retention),
            Map.entry("max-size", StreamSettings::maxSize), Map.entry("max-messages", StreamSettings::maxMessages),
            Map.entry("max-message-size", StreamSettings::maxMessageSize), Map.entry("discard", StreamSettings::discard),
            Map.entry("retention-policy", StreamSettings::retentionPolicy),
            Map.entry("duplicate-window", StreamSettings::duplicateWindow), Map.entry("replicas", StreamSettings::replicas),
            Map.entry("compression", StreamSettings::compression), Map.entry("description", StreamSettings::description)));

    private static final Pattern STREAM = Pattern.compile("[!-~&&[^.*>/\\\\]]+");
    private static final Duration SHORTEST_RETENTION = Duration.ofMillis(100);
    private static final Duration SHORTEST_DUPLICATE_WINDOW = Duration.ofMillis(100);
    private static final int MAX_REPLICAS = 5;
    private static final int MAX_DESCRIPTION = 4096;

    private final Problems problems;

    TopicChecks(Problems problems) {
        this.problems = problems;
    }

    /**
     * @param used the names of the topics that channels use, whether something is configured for them or not
     */
    List<TopicSpec> of(Map<String, Topic> topics, Collection<String> used) {
        List<TopicSpec> specs = new ArrayList<>();
        new TreeMap<>(topics).forEach((topic, config) -> specs.add(of(topic, config)));
        specs.stream().filter(spec -> !spec.isEphemeral()).forEach(spec -> checkSharing(spec, specs));
        used.stream().filter(topic -> !topics.containsKey(topic)).forEach(topic -> checkUnshared(TopicSpec.of(topic), specs));
        specs.forEach(spec -> checkNames(spec, specs));
        return specs;
    }

    private TopicSpec of(String topic, Topic config) {
        problems.require(TopicSpec.isTopic(topic), TopicSpec.property(topic, "…"),
                "is of a topic that cannot be a subject of NATS: name it without white space, wildcards or empty tokens");
        String stream = config.stream().map(String::strip).orElseGet(() -> TopicSpec.streamOf(topic));
        problems.require(STREAM.matcher(stream).matches(), TopicSpec.property(topic, "stream"),
                "must be of visible ASCII characters without . * > / and \\, but is '" + stream + "'");
        problems.require(config.partitions() >= 1, TopicSpec.property(topic, "partitions"),
                "must be at least 1, but is " + config.partitions());
        TopicSpec spec = new TopicSpec(topic, config.persistence(), stream, config.partitions(), config.strategy(),
                config.onMismatch(), settings(topic, config), config.payloadCompression());
        checkRanges(spec);
        checkEffects(spec, config);
        return spec;
    }

    private StreamSettings settings(String topic, Topic config) {
        StreamSettings preset = config.preset().map(TopicChecks::preset).orElse(StreamSettings.NONE);
        return new StreamSettings(config.storage().orElse(null), or(config.retention(), preset.retention()),
                or(config.maxSize().map(MemorySize::asLongValue), preset.maxSize()),
                config.maxMessages().isPresent() ? Long.valueOf(config.maxMessages().getAsLong()) : preset.maxMessages(),
                config.maxMessageSize().map(size -> messageSize(topic, size)).orElse(null),
                config.replicas().isPresent() ? config.replicas().getAsInt() : null, config.compression().orElse(null),
                config.description().orElse(null), config.duplicateWindow().orElse(null), config.discard().orElse(null),
                config.retentionPolicy().orElse(null));
    }

    private static StreamSettings preset(Preset preset) {
        return switch (preset) {
            case LOW -> limits(Duration.ofHours(24), 100L << 20, 10_000L);
            case MEDIUM -> limits(Duration.ofDays(3), 1L << 30, 1_000_000L);
            case HIGH -> limits(Duration.ofDays(7), 10L << 30, null);
        };
    }

    private static StreamSettings limits(Duration retention, long maxSize, @Nullable Long maxMessages) {
        return new StreamSettings(null, retention, maxSize, maxMessages, null, null, null, null, null, null, null);
    }

    private static <T> @Nullable T or(Optional<T> configured, @Nullable T preset) {
        return configured.isPresent() ? configured.get() : preset;
    }

    private int messageSize(String topic, MemorySize size) {
        boolean fits = size.asLongValue() <= Integer.MAX_VALUE;
        problems.require(fits, TopicSpec.property(topic, "max-message-size"),
                "must be at most " + Integer.MAX_VALUE + ", but is " + size.asLongValue());
        return fits ? (int) size.asLongValue() : 0;
    }

    // Each alone

    private void checkRanges(TopicSpec spec) {
        StreamSettings settings = spec.settings();
        Duration retention = settings.retention();
        Duration window = settings.duplicateWindow();
        Long maxMessages = settings.maxMessages();
        require(spec, "max-messages", maxMessages == null || maxMessages >= 0, "must not be negative, but is " + maxMessages);
        require(spec, "retention",
                retention == null || retention.isZero() || retention.compareTo(SHORTEST_RETENTION) >= 0,
                "must be 0, for ever, or at least " + SHORTEST_RETENTION + ", but is " + retention);
        require(spec, "duplicate-window", window == null || window.compareTo(SHORTEST_DUPLICATE_WINDOW) >= 0,
                "must be at least " + SHORTEST_DUPLICATE_WINDOW + ", but is " + window);
        require(spec, "duplicate-window",
                window == null || retention == null || retention.isZero() || window.compareTo(retention) <= 0,
                "(" + window + ") must not be longer than " + TopicSpec.property(spec.topic(), "retention") + " (" + retention
                        + ")");
        Integer replicas = settings.replicas();
        require(spec, "replicas", replicas == null || replicas >= 1 && replicas <= MAX_REPLICAS,
                "must be from 1 to " + MAX_REPLICAS + ", but is " + replicas);
        String description = settings.description();
        require(spec, "description", description == null || description.length() <= MAX_DESCRIPTION,
                "must not be longer than " + MAX_DESCRIPTION + " characters");
    }

    /** Nothing is configured that nobody looks at. */
    private void checkEffects(TopicSpec spec, Topic config) {
        if (spec.isEphemeral() || spec.strategy() == Strategy.SKIP) {
            String without = spec.isEphemeral() ? "persistence=ephemeral" : "strategy=skip";
            OF_STREAM.forEach((name, value) -> require(spec, name, value.apply(spec.settings()) == null,
                    "has no effect with " + without + (config.preset().isPresent() ? "; the preset sets it too" : "")));
        }
        if (spec.isEphemeral()) {
            require(spec, "stream", config.stream().isEmpty(), "has no effect with persistence=ephemeral");
            require(spec, "partitions", spec.partitions() == 1, "has no effect with persistence=ephemeral");
        }
        boolean memory = spec.settings().storage() == Storage.MEMORY;
        require(spec, "storage", !(memory && spec.persistence() == Persistence.PERSISTENT),
                "is memory, but " + TopicSpec.property(spec.topic(), "persistence") + "=persistent demands files");
        require(spec, "compression", !(memory && spec.settings().compression() == Compression.S2),
                "has no effect with storage=memory");
    }

    private void require(TopicSpec spec, String attribute, boolean condition, String problem) {
        problems.require(condition, TopicSpec.property(spec.topic(), attribute), problem);
    }

    // Together

    /** Whoever shares a stream with a topic that comes before it in the alphabet has to agree with that one. */
    private void checkSharing(TopicSpec spec, List<TopicSpec> all) {
        for (TopicSpec other : all) {
            if (other.topic().equals(spec.topic())) {
                return;
            }
            if (!other.isEphemeral() && other.stream().equals(spec.stream())) {
                require(spec, "partitions", !spec.isPartitioned() && !other.isPartitioned(), noPartitions(other, spec));
                agree(spec, other, "strategy", TopicSpec::strategy);
                agree(spec, other, "on-mismatch", TopicSpec::onMismatch);
                OF_STREAM.forEach((name, value) -> agree(spec, other, name, topic -> value.apply(topic.settings())));
            }
        }
    }

    /** A topic that nothing is said of gets along with any other one that shares its stream, but for partitions. */
    private void checkUnshared(TopicSpec used, List<TopicSpec> specs) {
        specs.stream().filter(spec -> spec.isPartitioned() && spec.stream().equals(used.stream()))
                .forEach(spec -> require(spec, "partitions", false, noPartitions(spec, used)));
    }

    private static String noPartitions(TopicSpec one, TopicSpec other) {
        return "cannot be more than 1 in one of two topics that share a stream, as %s and %s do: give each one of its own"
                .formatted(one.topic(), other.topic());
    }

    /** The subjects of a topic are its name and all beneath it. */
    private void checkNames(TopicSpec spec, List<TopicSpec> all) {
        for (TopicSpec other : all) {
            boolean beneath = spec.topic().startsWith(other.topic() + '.');
            require(spec, "persistence", !beneath || !spec.isEphemeral() && !other.isEphemeral(),
                    "cannot be ephemeral here or for topic %s, which gets what is beneath its name too: rename one of them"
                            .formatted(other.topic()));
        }
    }

    private void agree(TopicSpec spec, TopicSpec other, String attribute, Function<TopicSpec, @Nullable Object> value) {
        Object own = value.apply(spec);
        Object others = value.apply(other);
        require(spec, attribute, own == null || others == null || own.equals(others),
                "(%s) must be that of %s (%s), because the two topics share the stream '%s'".formatted(text(own),
                        TopicSpec.property(other.topic(), attribute), text(others), spec.stream()));
    }

    private static String text(@Nullable Object value) {
        return StreamSettings.text(value);
    }
}
