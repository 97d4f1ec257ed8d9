package io.eventlane.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.eventlane.engine.Ordering;
import io.eventlane.jetstream.ConsumerSettings;
import io.eventlane.jetstream.ConsumerSettings.Start;
import io.eventlane.runtime.config.EventlaneConfig.Execution;
import io.eventlane.runtime.config.EventlaneConfig.KeyPolicy;
import io.eventlane.runtime.config.EventlaneConfig.Unmatched;
import io.eventlane.runtime.config.FailureSettings.RetryTopic;
import io.eventlane.runtime.config.IncomingSettings.KafkaAttributes;
import io.eventlane.runtime.config.OutgoingSettings.JetStreamAttributes;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

class SettingsTest {

    private static final List<String> HANDLERS = List.of("triage");
    private static final String ORDERS = "quarkus.eventlane.incoming.orders.";
    private static final String SHIPPED = "quarkus.eventlane.outgoing.shipped.";

    @Test
    void whenNothingIsSet_thenAnIncomingChannelHasTheDefaults() {
        assertThat(settings(Map.of()).incoming(List.of("orders"), HANDLERS))
                .containsExactly(new IncomingSettings("orders", List.of("orders"),
                        "shop", Ordering.KEY, 1024, 4096, 64L << 20, 10_000, Duration.ofSeconds(30), Duration.ofMinutes(5),
                        failures("park", null, List.of()), Unmatched.FAIL, Execution.VIRTUAL,
                        new KafkaAttributes(Duration.ofSeconds(1)), consumer("shop"), Map.of()));
    }

    private static ConsumerSettings consumer(String group) {
        return new ConsumerSettings(group, new Start.All(), Duration.ofSeconds(30), 10_000, 1_000, -1, 0, 500,
                Duration.ofSeconds(30), false, Duration.ofSeconds(10));
    }

    @Test
    void whenTheConsumersOfJetStreamAreSet_thenTheyAreTaken() {
        Settings settings = settings(Map.ofEntries(
                Map.entry(ORDERS + "ack-wait", "5s"),
                Map.entry(ORDERS + "max-ack-pending", "6"),
                Map.entry(ORDERS + "max-waiting", "7"),
                Map.entry(ORDERS + "max-deliver", "8"),
                Map.entry(ORDERS + "deliver-policy", "start-time"),
                Map.entry(ORDERS + "start-time", "2026-01-31T12:00:00Z"),
                Map.entry(ORDERS + "fetch-batch", "9"),
                Map.entry(ORDERS + "fetch-expires", "10s"),
                Map.entry(ORDERS + "double-ack", "true"),
                Map.entry(ORDERS + "session-timeout", "11s"),
                Map.entry(ORDERS + "consumer-replicas", "3")));

        assertThat(settings.incoming(List.of("orders"), HANDLERS)).extracting(IncomingSettings::jetStream)
                .containsExactly(new ConsumerSettings("shop", new Start.AtTime(ZonedDateTime.parse("2026-01-31T12:00:00Z")),
                        Duration.ofSeconds(5), 6, 7, 8, 3, 9, Duration.ofSeconds(10), true, Duration.ofSeconds(11)));
    }

    @Test
    void whenTheConsumersOfJetStreamAreWrong_thenEveryPropertyIsNamed() {
        Settings settings = settings(Map.ofEntries(
                Map.entry(ORDERS + "ack-wait", "5ms"),
                Map.entry(ORDERS + "max-ack-pending", "0"),
                Map.entry(ORDERS + "max-waiting", "0"),
                Map.entry(ORDERS + "max-deliver", "0"),
                Map.entry(ORDERS + "deliver-policy", "start-sequence"),
                Map.entry(ORDERS + "start-time", "2026-01-31T12:00:00Z"),
                Map.entry(ORDERS + "fetch-batch", "0"),
                Map.entry(ORDERS + "fetch-expires", "1s"),
                Map.entry(ORDERS + "session-timeout", "10ms"),
                Map.entry(ORDERS + "consumer-replicas", "9")));

        assertThatThrownBy(() -> settings.incoming(List.of("orders"), HANDLERS))
                .hasMessageContainingAll(ORDERS + "ack-wait must", ORDERS + "max-ack-pending must", ORDERS + "max-waiting must",
                        ORDERS + "max-deliver must", ORDERS + "start-sequence must be set",
                        ORDERS + "start-time has no effect", ORDERS + "fetch-batch must", ORDERS + "fetch-expires must",
                        ORDERS + "session-timeout must", ORDERS + "consumer-replicas must");
    }

    private static FailureSettings failures(String strategy, String deadLetterTopic, List<RetryTopic> retryTopics) {
        return new FailureSettings(strategy, 3, Duration.ofSeconds(1), Duration.ofSeconds(30), 0.1, List.of(), List.of(),
                deadLetterTopic, KeyPolicy.CONTINUE, Map.of(), retryTopics);
    }

    @Test
    void whenAFailureStrategyNeedsTopics_thenTheyHaveDefaults() {
        assertThat(settings(Map.of(ORDERS + "failure-strategy", "dead-letter-queue")).incoming(List.of("orders"), HANDLERS))
                .extracting(IncomingSettings::failures)
                .containsExactly(failures("dead-letter-queue", "dead-letter-topic-orders", List.of()));
        assertThat(settings(Map.of(ORDERS + "failure-strategy", "delayed-retry-topic", ORDERS + "topic", "o"))
                .incoming(List.of("orders"), HANDLERS)).extracting(IncomingSettings::failures)
                .containsExactly(failures("delayed-retry-topic", null, List.of(
                        new RetryTopic("o_retry_10000", Duration.ofSeconds(10)),
                        new RetryTopic("o_retry_20000", Duration.ofSeconds(20)))));
        assertThat(settings(Map.of(ORDERS + "failure-strategy", "triage")).incoming(List.of("orders"), HANDLERS))
                .extracting(IncomingSettings::failures).containsExactly(failures("triage", null, List.of()));
    }

    @Test
    void whenEverythingIsSet_thenItIsTaken() {
        Settings settings = settings(Map.ofEntries(
                Map.entry(ORDERS + "topic", "a, b"),
                Map.entry(ORDERS + "group.id", "g"),
                Map.entry(ORDERS + "ordered", "unordered"),
                Map.entry(ORDERS + "max-concurrency", "1"),
                Map.entry(ORDERS + "max-queued", "2"),
                Map.entry(ORDERS + "max-queued-bytes", "3K"),
                Map.entry(ORDERS + "max-span", "4"),
                Map.entry(ORDERS + "revoke-timeout", "5s"),
                Map.entry(ORDERS + "commit-interval", "6ms"),
                Map.entry(ORDERS + "max-age", "10s"),
                Map.entry(ORDERS + "failure-strategy", "delayed-retry-topic"),
                Map.entry(ORDERS + "delayed-retry-topic.topics", "x_retry_11, y_retry_12"),
                Map.entry(ORDERS + "dead-letter-queue.topic", "dead"),
                Map.entry(ORDERS + "dead-letter-queue.key-policy", "quarantine"),
                Map.entry(ORDERS + "dead-letter-queue.linger.ms", "13"),
                Map.entry(ORDERS + "retry.max-attempts", "14"),
                Map.entry(ORDERS + "retry.retry-on", "java.io.IOException,a.B"),
                Map.entry(ORDERS + "retry.abort-on", "java.io.FileNotFoundException"),
                Map.entry(ORDERS + "retry.initial-delay", "7s"),
                Map.entry(ORDERS + "retry.max-delay", "8s"),
                Map.entry(ORDERS + "retry.jitter", "0.9"),
                Map.entry(ORDERS + "unmatched", "ignore"),
                Map.entry(ORDERS + "execution", "platform")));

        assertThat(settings.incoming(List.of("orders"), HANDLERS)).containsExactly(new IncomingSettings("orders",
                List.of("a", "b"), "g",
                Ordering.UNORDERED, 1, 2, 3 << 10, 4, Duration.ofSeconds(5), Duration.ofSeconds(10),
                new FailureSettings("delayed-retry-topic", 14, Duration.ofSeconds(7), Duration.ofSeconds(8), 0.9,
                        List.of("java.io.IOException", "a.B"), List.of("java.io.FileNotFoundException"), "dead",
                        KeyPolicy.QUARANTINE, Map.of("linger.ms", "13"),
                        List.of(new RetryTopic("x_retry_11", Duration.ofMillis(11)),
                                new RetryTopic("y_retry_12", Duration.ofMillis(12)))),
                Unmatched.IGNORE, Execution.PLATFORM, new KafkaAttributes(Duration.ofMillis(6)), consumer("g"),
                Map.of("revoke-timeout", "5s", "commit-interval", "6ms")));
    }

    @Test
    void whenAnOutgoingChannelIsSet_thenItIsTakenAndOtherwiseHasTheDefaults() {
        Settings settings = settings(
                Map.of(SHIPPED + "topic", "t", SHIPPED + "max-inflight-messages", "7", SHIPPED + "ordered", "false",
                        SHIPPED + "ack-timeout", "2s", SHIPPED + "delivery-timeout", "3s"));

        assertThat(settings.outgoing(List.of("shipped", "other"))).containsExactly(
                new OutgoingSettings("other", "other", 10_000, true,
                        new JetStreamAttributes(Duration.ofSeconds(5), Duration.ofSeconds(30)), Map.of()),
                new OutgoingSettings("shipped", "t", 7, false,
                        new JetStreamAttributes(Duration.ofSeconds(2), Duration.ofSeconds(3)),
                        Map.of("ack-timeout", "2s", "delivery-timeout", "3s")));
        assertThat(settings.configuredOutgoing()).containsExactly("shipped");
    }

    @Test
    void whenAttributesAreNotEventlanesOwn_thenTheyAreLeftToTheConnector() {
        Settings settings = settings(Map.of(
                ORDERS + "connector", "kafka",
                ORDERS + "auto.offset.reset", "latest",
                ORDERS + "max-concurency", "7",
                ORDERS + "properties.\"x.y\"", "z",
                "quarkus.eventlane.incoming.\"my.channel\".fetch.min.bytes", "5",
                SHIPPED + "linger.ms", "3"));

        assertThat(settings.incoming(List.of("orders", "my.channel"), HANDLERS)).extracting(IncomingSettings::attributes)
                .containsExactly(
                        Map.of("fetch.min.bytes", "5"),
                        Map.of("auto.offset.reset", "latest", "max-concurency", "7", "properties.\"x.y\"",
                                "z"));
        assertThat(settings.outgoing(List.of("shipped")).getFirst().attributes()).isEqualTo(Map.of("linger.ms", "3"));
    }

    @Test
    void whenTheEnvironmentSetsAttributes_thenTheyAreTaken() {
        Settings settings = new Settings(config(Map.of(ORDERS + "max-queued", "1"), Map.of(
                "QUARKUS_EVENTLANE_INCOMING_ORDERS_MAX_QUEUED", "99",
                "QUARKUS_EVENTLANE_INCOMING_ORDERS_GROUP_ID", "from-env",
                "QUARKUS_EVENTLANE_INCOMING_ORDERS_RETRY_INITIAL_DELAY", "3s",
                "QUARKUS_EVENTLANE_INCOMING_ORDERS_FETCH_MAX_BYTES", "77")));

        IncomingSettings orders = settings.incoming(List.of("orders"), HANDLERS).getFirst();

        assertThat(orders.maxQueued()).isEqualTo(99);
        assertThat(orders.groupId()).isEqualTo("from-env");
        assertThat(orders.failures().initialDelay()).isEqualTo(Duration.ofSeconds(3));
        assertThat(orders.attributes()).isEqualTo(Map.of("fetch.max.bytes", "77"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "max-concurrency | 0 | must be at least 1, but is 0",
            "max-queued | -1 | must be at least 1, but is -1",
            "max-queued | 8388608 | must be at most 8388607, but is 8388608",
            "max-queued-bytes | 0 | must be at least 1, but is 0",
            "max-span | 0 | must be at least 1, but is 0",
            "revoke-timeout | -1s | must not be negative",
            "commit-interval | 0s | must be longer than zero, but is PT0S",
            "max-age | 0s | must be longer than zero, but is PT0S",
            "retry.max-attempts | 0 | must be at least 1, but is 0",
            "failure-strategy | parc | must be one of park, dead-letter-queue, delayed-retry-topic, ignore, fail, or the @Identifier"
                    + " of a FailureHandler bean, of which there are triage, but is 'parc'; did you mean park?",
            "dead-letter-queue.key-policy | quarantine | has no effect without a dead-letter topic: set"
                    + " quarkus.eventlane.incoming.orders.dead-letter-queue.topic, or failure-strategy=dead-letter-queue",
            "delayed-retry-topic.topics | x_retry_5 | has no effect without failure-strategy=delayed-retry-topic",
            "dead-letter-queue.topic | orders | must be another topic than those that the channel reads, but is 'orders'",
            "retry.abort-on | IOException | must hold the full names of classes, such as java.io.IOException, but holds"
                    + " 'IOException'",
            "retry.initial-delay | 0s | must be longer than zero, but is PT0S",
            "retry.max-delay | 500ms | (PT0.5S) must not be shorter than quarkus.eventlane.incoming.orders.retry.initial-delay (PT1S)",
            "retry.jitter | 1.5 | must be from 0 to 1, but is 1.5",
            "retry.jitter | NaN | must be from 0 to 1, but is NaN" })
    void whenAValueIsOutOfRange_thenTheErrorNamesTheProperty(String attribute, String value, String problem) {
        assertThatThrownBy(() -> settings(Map.of(ORDERS + attribute, value)).incoming(List.of("orders"), HANDLERS))
                .isInstanceOfSatisfying(ConfigurationException.class,
                        e -> assertThat(e.getConfigKeys()).containsExactly(ORDERS + attribute))
                .hasMessage(ORDERS + attribute + " " + problem);
    }

    @ParameterizedTest
    @CsvSource({ "max-concurrency,many", "ordered,keys", "retry.initial-delay,soon", "unmatched,perhaps", "execution,fast",
            "max-queued-bytes,lots" })
    void whenAValueIsOfTheWrongKind_thenTheErrorNamesTheProperty(String attribute, String value) {
        assertThatThrownBy(() -> settings(Map.of(ORDERS + attribute, value)).incoming(List.of("orders"), HANDLERS))
                .hasMessageContaining(ORDERS + attribute).hasMessageContaining(value);
    }

    @Test
    void whenSeveralValuesAreWrong_thenOneErrorNamesAll() {
        Settings settings = settings(Map.of(ORDERS + "max-span", "0", "quarkus.eventlane.incoming.\"a.b\".max-queued", "0"));

        assertThatThrownBy(() -> settings.incoming(List.of("orders", "a.b"), HANDLERS)).hasMessage("""
                quarkus.eventlane.incoming."a.b".max-queued must be at least 1, but is 0
                quarkus.eventlane.incoming.orders.max-span must be at least 1, but is 0""");
    }

    @Test
    void whenAnOutgoingChannelIsWrong_thenTheErrorNamesTheProperty() {
        assertThatThrownBy(() -> settings(Map.of(SHIPPED + "max-inflight-messages", "0")).outgoing(List.of("shipped")))
                .hasMessage(SHIPPED + "max-inflight-messages must be at least 1, but is 0");
        assertThatThrownBy(() -> settings(Map.of(SHIPPED + "max-inflight-messages", "1000001")).outgoing(List.of("shipped")))
                .hasMessage(SHIPPED + "max-inflight-messages must be at most 1000000, but is 1000001");
        assertThatThrownBy(() -> settings(Map.of(SHIPPED + "topic", "a,b")).outgoing(List.of("shipped")))
                .hasMessage(SHIPPED + "topic must be one topic, but is 'a,b'");
    }

    @Test
    void whenAPropertyIsOfNoSection_thenTheErrorNamesItAndWhatWasMeant() {
        assertThatThrownBy(
                () -> Settings.checkSections(List.of("quarkus.eventlane.shutdown-timout", "quarkus.eventlane.incomming.a.topic",
                        "quarkus.eventlane.enabled", "quarkus.http.port")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("""
                        quarkus.eventlane.shutdown-timout is not known; did you mean quarkus.eventlane.shutdown-timeout?
                        quarkus.eventlane.incomming.a.topic is not known; did you mean quarkus.eventlane.incoming?""");
    }

    @Test
    void whenAConfiguredChannelHasNoHandler_thenItIsTold() {
        assertThat(settings(Map.of("quarkus.eventlane.incoming.order.topic", "t")).unusedIncoming(List.of("orders")))
                .containsExactly(
                        "quarkus.eventlane.incoming.order is configured, but the application has no handler for that channel;"
                                + " did you mean orders?");
    }

    static Settings settings(Map<String, String> properties) {
        return new Settings(config(properties, Map.of()));
    }

    private static EventlaneConfig config(Map<String, String> properties, Map<String, String> environment) {
        return everything(properties, environment).getConfigMapping(EventlaneConfig.class);
    }

    static SmallRyeConfig everything(Map<String, String> properties, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("quarkus.application.name", "shop");
        return new SmallRyeConfigBuilder().addDefaultInterceptors().addDiscoveredConverters()
                .withMapping(EventlaneConfig.class).withMappingIgnore("quarkus.**")
                .withSources(new PropertiesConfigSource(all, "test", 100), new EnvConfigSource(environment, 300)).build();
    }
}
