package io.eventlane.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.eventlane.jetstream.JetStreamOutgoing;
import io.eventlane.jetstream.StreamSettings;
import io.eventlane.jetstream.StreamSettings.Compression;
import io.eventlane.jetstream.StreamSettings.Discard;
import io.eventlane.jetstream.StreamSettings.Retention;
import io.eventlane.jetstream.StreamSettings.Storage;
import io.eventlane.jetstream.TopicSpec;
import io.eventlane.jetstream.TopicSpec.OnMismatch;
import io.eventlane.jetstream.TopicSpec.Persistence;
import io.eventlane.jetstream.TopicSpec.Strategy;
import io.eventlane.jetstream.TopicSpecs;
import io.quarkus.runtime.configuration.ConfigurationException;

class TopicSettingsTest {

    private static final String ORDERS = "quarkus.eventlane.topic.orders.";

    @Test
    void whenNothingIsSet_thenATopicHasTheDefaults() {
        assertThat(topics(Map.of()).of("orders.eu")).isEqualTo(new TopicSpec("orders.eu", Persistence.AUTO, "orders_eu", 1,
                Strategy.CREATE_ONLY, OnMismatch.WARN, StreamSettings.NONE));
    }

    @Test
    void whenOneThingIsSet_thenTheRestHasTheDefaults() {
        assertThat(topics(Map.of("partitions", "4")).of("orders"))
                .isEqualTo(new TopicSpec("orders", Persistence.AUTO, "orders", 4,
                        Strategy.CREATE_ONLY, OnMismatch.WARN, StreamSettings.NONE));
    }

    @Test
    void whenEverythingIsSet_thenItIsTaken() {
        TopicSpecs topics = topics(Map.ofEntries(Map.entry("persistence", "persistent"), Map.entry("stream", "shop"),
                Map.entry("strategy", "create-or-update"), Map.entry("on-mismatch", "fail"), Map.entry("storage", "file"),
                Map.entry("retention", "1h"), Map.entry("max-size", "2M"), Map.entry("max-messages", "3"),
                Map.entry("max-message-size", "4K"), Map.entry("discard", "old"), Map.entry("retention-policy", "workqueue"),
                Map.entry("duplicate-window", "5m"), Map.entry("replicas", "3"), Map.entry("partitions", "6"),
                Map.entry("compression", "s2"), Map.entry("payload-compression", "lz4"),
                Map.entry("description", "the orders")));

        assertThat(topics.of("orders")).isEqualTo(new TopicSpec("orders", Persistence.PERSISTENT, "shop", 6,
                Strategy.CREATE_OR_UPDATE, OnMismatch.FAIL,
                new StreamSettings(Storage.FILE, Duration.ofHours(1), 2L << 20, 3L, 4 << 10, 3, Compression.S2, "the orders",
                        Duration.ofMinutes(5), Discard.OLD, Retention.WORKQUEUE),
                JetStreamOutgoing.Compression.LZ4));
    }

    @ParameterizedTest
    @CsvSource({ "low,24h,104857600,10000", "medium,72h,1073741824,1000000", "high,168h,10737418240," })
    void whenAPresetIsChosen_thenItSetsTheLimits(String preset, String retention, long maxSize, Long maxMessages) {
        assertThat(topics(Map.of("preset", preset)).of("orders").settings()).isEqualTo(
                new StreamSettings(null, Duration.ofHours(Integer.parseInt(retention.replace("h", ""))), maxSize, maxMessages,
                        null,
                        null, null, null, null, null, null));
    }

    @Test
    void whenAPresetIsChosen_thenWhatIsSetBesideItWins() {
        assertThat(topics(Map.of("preset", "low", "retention", "0", "max-messages", "5")).of("orders").settings())
                .returns(Duration.ZERO, StreamSettings::retention).returns(5L, StreamSettings::maxMessages)
                .returns(100L << 20, StreamSettings::maxSize);
    }

    @Test
    void whenTheEnvironmentSetsIt_thenItIsTakenAndKnown() {
        var config = SettingsTest.everything(Map.of(ORDERS + "max-messages", "1"), Map.of(
                "QUARKUS_EVENTLANE_TOPIC_ORDERS_MAX_MESSAGES", "2", "QUARKUS_EVENTLANE_TOPIC_ORDERS_ON_MISMATCH", "fail"));

        assertThat(new Settings(config.getConfigMapping(EventlaneConfig.class)).topics(List.of(), Map.of()).of("orders"))
                .returns(2L, spec -> spec.settings().maxMessages()).returns(OnMismatch.FAIL, TopicSpec::onMismatch);
        assertThatCode(() -> Settings.checkSections(config.getPropertyNames())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "stream | a.b | must be of visible ASCII characters without . * > / and \\, but is 'a.b'",
            "stream | a b | must be of visible ASCII characters without . * > / and \\, but is 'a b'",
            "partitions | 0 | must be at least 1, but is 0",
            "max-messages | -1 | must not be negative, but is -1",
            "max-message-size | 3G | must be at most 2147483647, but is 3221225472",
            "retention | 99ms | must be 0, for ever, or at least PT0.1S, but is PT0.099S",
            "duplicate-window | 0 | must be at least PT0.1S, but is PT0S",
            "duplicate-window | 99ms | must be at least PT0.1S, but is PT0.099S",
            "replicas | 6 | must be from 1 to 5, but is 6" })
    void whenAValueIsOutOfRange_thenTheErrorNamesTheProperty(String attribute, String value, String problem) {
        assertProblem(Map.of(attribute, value), attribute, problem);
    }

    @Test
    void whenValuesContradictEachOther_thenTheErrorNamesBoth() {
        assertProblem(Map.of("retention", "1m", "duplicate-window", "2m"), "duplicate-window",
                "(PT2M) must not be longer than quarkus.eventlane.topic.orders.retention (PT1M)");
        assertProblem(Map.of("persistence", "persistent", "storage", "memory"), "storage",
                "is memory, but quarkus.eventlane.topic.orders.persistence=persistent demands files");
        assertProblem(Map.of("compression", "s2", "storage", "memory"), "compression", "has no effect with storage=memory");
    }

    @Test
    void whenNobodyWouldReadAnAttribute_thenItIsRefused() {
        assertProblem(Map.of("persistence", "ephemeral", "retention", "1h"), "retention",
                "has no effect with persistence=ephemeral");
        assertProblem(Map.of("persistence", "ephemeral", "stream", "s"), "stream", "has no effect with persistence=ephemeral");
        assertProblem(Map.of("persistence", "ephemeral", "partitions", "2"), "partitions",
                "has no effect with persistence=ephemeral");
        assertProblem(Map.of("strategy", "skip", "replicas", "3"), "replicas", "has no effect with strategy=skip");
        assertThatThrownBy(() -> topics(Map.of("strategy", "skip", "preset", "low")))
                .hasMessageContaining("retention has no effect with strategy=skip; the preset sets it too");
    }

    @ParameterizedTest
    @CsvSource({ "persistence,eternal", "storage,disk", "strategy,create", "compression,lz4", "preset,huge", "retention,long",
            "max-size,big" })
    void whenAValueIsOfTheWrongKind_thenTheErrorNamesTheProperty(String attribute, String value) {
        assertThatThrownBy(() -> topics(Map.of(attribute, value))).hasMessageContaining(ORDERS + attribute)
                .hasMessageContaining(value);
    }

    @Test
    void whenATopicCannotBeASubject_thenTheErrorNamesIt() {
        assertThatThrownBy(() -> topics("quarkus.eventlane.topic.\"a..b\".replicas", "1")).hasMessage(
                "quarkus.eventlane.topic.\"a..b\".… is of a topic that cannot be a subject of NATS: name it without white space,"
                        + " wildcards or empty tokens");
    }

    // Topics that share a stream

    @Test
    void whenTopicsShareAStream_thenWhatOneOfThemSaysHoldsForBoth() {
        assertThatCode(() -> shared("retention", "1h", "max-size", "1M")).doesNotThrowAnyException();
        assertThatCode(() -> shared("retention", "1h", "retention", "1h")).doesNotThrowAnyException();
    }

    @Test
    void whenTopicsThatShareAStreamDisagree_thenTheErrorNamesBoth() {
        assertThatThrownBy(() -> shared("retention", "1h", "retention", "2h")).hasMessage("quarkus.eventlane.topic.b.retention"
                + " (PT2H) must be that of quarkus.eventlane.topic.a.retention (PT1H), because the two topics share the stream 's'");
        assertThatThrownBy(() -> shared("strategy", "validate-only", "retention", "2h")).hasMessage(
                "quarkus.eventlane.topic.b.strategy (create-only) must be that of quarkus.eventlane.topic.a.strategy"
                        + " (validate-only), because the two topics share the stream 's'");
    }

    @Test
    void whenATopicWithPartitionsSharesItsStream_thenThatIsRefused() {
        assertThatThrownBy(() -> shared("retention", "1h", "partitions", "2")).hasMessage("quarkus.eventlane.topic.b.partitions"
                + " cannot be more than 1 in one of two topics that share a stream, as a and b do: give each one of its own");
    }

    @Test
    void whenATopicWithPartitionsSharesItsStreamWithOneThatIsOnlyUsed_thenThatIsRefused() {
        Settings settings = SettingsTest.settings(Map.of(ORDERS + "stream", "shop", ORDERS + "partitions", "2"));

        assertThatThrownBy(() -> settings.topics(List.of("orders", "shop"), Map.of())).hasMessage(ORDERS + "partitions"
                + " cannot be more than 1 in one of two topics that share a stream, as orders and shop do: give each one of its own");
        assertThatCode(() -> settings.topics(List.of("orders", "others"), Map.of())).doesNotThrowAnyException();
    }

    @Test
    void whenTopicsHaveTheSameStreamByTheirNames_thenTheyShareItToo() {
        assertThatThrownBy(() -> topics("quarkus.eventlane.topic.\"a.b\".retention", "1h",
                "quarkus.eventlane.topic.a_b.retention", "2h")).hasMessageContaining("share the stream 'a_b'");
    }

    @Test
    void whenAnEphemeralTopicWouldGetWhatIsOfAnother_thenThatIsRefused() {
        assertThatThrownBy(() -> topics("quarkus.eventlane.topic.ticks.persistence", "ephemeral",
                "quarkus.eventlane.topic.\"ticks.eu\".retention", "1h")).hasMessage(
                        "quarkus.eventlane.topic.\"ticks.eu\".persistence cannot be ephemeral here or for topic ticks, which gets"
                                + " what is beneath its name too: rename one of them");
        assertThatThrownBy(() -> topics("quarkus.eventlane.topic.ticks.retention", "1h",
                "quarkus.eventlane.topic.\"ticks.eu\".persistence", "ephemeral")).hasMessageContaining("rename one of them");
        assertThatCode(() -> topics("quarkus.eventlane.topic.ticks.persistence", "ephemeral",
                "quarkus.eventlane.topic.tickseu.retention", "1h")).doesNotThrowAnyException();
    }

    // Other connectors, unknown ones

    @Test
    void whenATopicIsUsedByAnotherConnectorAlone_thenItIsRefused() {
        Settings settings = SettingsTest.settings(Map.of(ORDERS + "retention", "1h"));

        assertThatThrownBy(() -> settings.topics(List.of(), Map.of("orders", "kafka")))
                .hasMessage("quarkus.eventlane.topic.orders.… is read"
                        + " of topics on JetStream alone, but the channels that use this topic are on kafka");
    }

    @Test
    void whenNobodyIsKnownToUseATopic_thenItIsTold() {
        Settings settings = SettingsTest.settings(Map.of("quarkus.eventlane.topic.ordres.partitions", "8",
                "quarkus.eventlane.topic.\"a.b\".replicas", "1", ORDERS + "replicas", "1"));

        assertThat(settings.unusedTopics(List.of("orders", "shipments"))).containsExactly(
                "quarkus.eventlane.topic.\"a.b\".… is configured, but no channel is known to use that topic",
                "quarkus.eventlane.topic.ordres.… is configured, but no channel is known to use that topic;"
                        + " did you mean orders?");
    }

    @Test
    void whenAPropertyIsNotKnown_thenTheErrorSaysWhatWasMeant() {
        assertThatThrownBy(() -> Settings.checkSections(List.of(ORDERS + "retension", ORDERS + "retention",
                "quarkus.eventlane.topic.\"a.b\".replica", "quarkus.eventlane.topic.a.b.replicas"))).hasMessage(
                        """
                                quarkus.eventlane.topic.orders.retension is not known; did you mean quarkus.eventlane.topic.orders.retention?
                                quarkus.eventlane.topic."a.b".replica is not known; did you mean quarkus.eventlane.topic."a.b".replicas?
                                quarkus.eventlane.topic.a.b.replicas is not known; did you mean quarkus.eventlane.topic.a.replicas?""");
    }

    private static void assertProblem(Map<String, String> attributes, String attribute, String problem) {
        assertThatThrownBy(() -> topics(attributes)).isInstanceOf(ConfigurationException.class)
                .hasMessage(ORDERS + attribute + " " + problem);
    }

    private static TopicSpecs topics(Map<String, String> attributes) {
        Map<String, String> properties = new HashMap<>();
        attributes.forEach((name, value) -> properties.put(ORDERS + name, value));
        return SettingsTest.settings(properties).topics(List.of(), Map.of());
    }

    private static TopicSpecs topics(String... namesAndValues) {
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return SettingsTest.settings(properties).topics(List.of(), Map.of());
    }

    private static void shared(String ofA, String valueOfA, String ofB, String valueOfB) {
        topics("quarkus.eventlane.topic.a.stream", "s", "quarkus.eventlane.topic.a." + ofA, valueOfA,
                "quarkus.eventlane.topic.b.stream", "s", "quarkus.eventlane.topic.b." + ofB, valueOfB);
    }
}
