package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.eventlane.EventlaneException;

class KafkaSettingsTest {

    private static final Map<String, Object> DEFAULTS = Map.of("bootstrap.servers", "kafka:9092", "group.id", "shop");

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    @Test
    void whenNothingIsSet_thenTheConsumerIsSafe() {
        assertThat(consumer(Map.of()).values())
                .containsEntry("enable.auto.commit", "false").containsEntry("isolation.level", "read_committed")
                .containsEntry("max.partition.fetch.bytes", "131072")
                .containsEntry("auto.offset.reset", "earliest").containsEntry("bootstrap.servers", "kafka:9092")
                .containsEntry("partition.assignment.strategy",
                        "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
    }

    @Test
    void whenTheGroupProtocolIsConsumer_thenNothingThatItRejectsIsSent() {
        var settings = consumer(Map.of("group.protocol", "consumer"));

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.values()).doesNotContainKeys("partition.assignment.strategy", "session.timeout.ms");
        assertThat(new ConsumerConfig(settings.values()).getString("group.protocol")).isEqualTo("consumer");
        assertThat(consumer(Map.of("group.protocol", "consumer", "session.timeout.ms", "9000")).problems())
                .singleElement().asString().contains("quarkus.eventlane.incoming.orders.session.timeout.ms");
    }

    @Test
    void whenAnAttributeIsKnownToKafka_thenItWinsOverTheApplicationsAndOurDefault() {
        var settings = consumer(Map.of("auto.offset.reset", "latest", "group.id", "other", "properties.\"my.plugin\"", "on"));

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.values()).containsEntry("auto.offset.reset", "latest").containsEntry("group.id", "other")
                .containsEntry("my.plugin", "on");
    }

    @Test
    void whenAnAttributeIsNotKnown_thenTheErrorNamesItAndTheOneThatWasMeant() {
        assertThat(consumer(Map.of("auto.ofset.reset", "latest")).problems()).singleElement().asString()
                .startsWith("quarkus.eventlane.incoming.orders.auto.ofset.reset is not known. "
                        + "Did you mean quarkus.eventlane.incoming.orders.auto.offset.reset?");
        assertThat(consumer(Map.of("max-concurency", "1")).problems()).singleElement().asString()
                .contains("Did you mean quarkus.eventlane.incoming.orders.max-concurrency?");
        assertThat(consumer(Map.of("zzz", "1")).problems()).singleElement().asString()
                .doesNotContain("Did you mean").contains("properties.\"zzz\"");
    }

    @Test
    void whenASettingIsOurs_thenSettingItIsAnErrorWithTheReason() {
        assertThat(consumer(Map.of("enable.auto.commit", "true")).problems()).singleElement().asString()
                .startsWith("quarkus.eventlane.incoming.orders.enable.auto.commit cannot be set: ");
        assertThat(consumer(Map.of("properties.value.deserializer", "x")).problems()).hasSize(1);
        assertThat(producer(Map.of("acks", "1")).problems()).singleElement().asString()
                .startsWith("quarkus.eventlane.outgoing.orders.acks cannot be set: ");
    }

    @Test
    void whenTheApplicationsOtherClientsNeedASettingThatIsOurs_thenItIsPassedOver() {
        Map<String, Object> defaults = Map.of("acks", "1", "enable.auto.commit", "true", "group.id", "shop");

        assertThat(ProducerSettings.of(defaults, outgoing(Map.of()), Set.of()).values()).containsEntry("acks", "all");
        assertThat(ConsumerSettings.of(defaults, incoming("orders", "t", Map.of()), Set.of()).values())
                .containsEntry("enable.auto.commit", "false");
    }

    @Test
    void whenNothingIsSet_thenTheProducerIsSafeAndNeverBlocks() {
        var settings = producer(Map.of());

        assertThat(settings.values()).containsEntry("acks", "all").containsEntry("enable.idempotence", "true")
                .containsEntry("compression.type", "lz4").containsEntry("max.block.ms", "0");
        assertThat(settings.maxBlock()).isEqualTo(Duration.ofMinutes(1));
        assertThat(producer(Map.of("max.block.ms", "5000")).maxBlock()).isEqualTo(Duration.ofSeconds(5));
        assertThat(new ProducerConfig(settings.values()).getBoolean("enable.idempotence")).isTrue();
    }

    @Test
    void whenTheRevokeTimeoutIsNotBelowTheMaxPollInterval_thenBothAreNamed() {
        assertThat(consumer(Map.of("max.poll.interval.ms", "30000")).problems()).singleElement().asString()
                .contains("quarkus.eventlane.incoming.orders.revoke-timeout").contains("max.poll.interval.ms");
    }

    @Test
    void whenTwoChannelsOfAGroupReadOneTopic_thenOpeningFailsAndNamesBoth() {
        var definition = definition(incoming("orders", "t", Map.of()), incoming("audit", "t", Map.of()));

        assertThatThrownBy(() -> KafkaConnector.open(definition)).isInstanceOf(EventlaneException.class)
                .hasMessageContaining("quarkus.eventlane.incoming.orders.topic")
                .hasMessageContaining("quarkus.eventlane.incoming.audit.topic");
        assertThat(KafkaConnector.problems(definition(incoming("orders", "t", Map.of()),
                incoming("audit", "t", Map.of("group.id", "auditors"))))).isEmpty();
    }

    @Test
    void whenChannelsHaveTheSameSettings_thenTheyShareOneConsumer() {
        assertThat(new SourcePlan(definition(incoming("a", "t1", Map.of()), incoming("b", "t2", Map.of()))).sources())
                .hasSize(1);
        assertThat(new SourcePlan(definition(incoming("a", "t1", Map.of()),
                incoming("b", "t2", Map.of("auto.offset.reset", "latest")))).sources()).hasSize(2);
    }

    private KafkaConnector.Definition definition(KafkaIncoming... channels) {
        return new KafkaConnector.Definition(DEFAULTS, List.of(channels), List.of(), Set.of(), Set.of(), timer);
    }

    private static ConsumerSettings consumer(Map<String, String> attributes) {
        return ConsumerSettings.of(DEFAULTS, incoming("orders", "t", attributes), Set.of("max-concurrency", "topic"));
    }

    private static ProducerSettings producer(Map<String, String> attributes) {
        return ProducerSettings.of(DEFAULTS, outgoing(attributes), Set.of("topic"));
    }

    private static KafkaIncoming incoming(String channel, String topic, Map<String, String> attributes) {
        return TestChannel.definition(channel, topic, attributes);
    }

    private static KafkaOutgoing outgoing(Map<String, String> attributes) {
        return new KafkaOutgoing("orders", "t", "quarkus.eventlane.outgoing.orders.", attributes, 10, null, true);
    }
}
