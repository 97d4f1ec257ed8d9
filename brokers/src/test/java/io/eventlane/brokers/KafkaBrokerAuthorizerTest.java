package io.eventlane.brokers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class KafkaBrokerAuthorizerTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(40);

    private KafkaBroker broker;
    private Admin admin;

    @BeforeAll
    void start() {
        broker = KafkaBroker.start(KafkaBrokerOptions.DEFAULTS.withAuthorizer());
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterAll
    void end() {
        admin.close();
        broker.close();
    }

    @Test
    void whenATopicIsDenied_thenAConsumerFailsUntilTheRuleIsRemoved() throws Exception {
        produce("orders");
        var denied = rule(ResourceType.TOPIC, "orders", AclOperation.READ, AclPermissionType.DENY);
        try (var consumer = consumer("of-orders")) {
            consumer.assign(List.of(new TopicPartition("orders", 0)));
            admin.createAcls(List.of(denied)).all().get();
            await().atMost(LONG_ENOUGH).untilAsserted(() -> assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(1)))
                    .isInstanceOf(TopicAuthorizationException.class));

            admin.deleteAcls(List.of(denied.toFilter())).all().get();

            await().atMost(LONG_ENOUGH).ignoreException(TopicAuthorizationException.class)
                    .until(() -> !consumer.poll(Duration.ofSeconds(1)).isEmpty());
        }
    }

    @Test
    void whenAGroupIsDenied_thenItsMembersFailUntilTheRuleIsRemoved() throws Exception {
        produce("bills");
        var denied = rule(ResourceType.GROUP, "of-bills", AclOperation.READ, AclPermissionType.DENY);
        admin.createAcls(List.of(denied)).all().get();
        try (var consumer = consumer("of-bills")) {
            consumer.subscribe(Set.of("bills"));
            await().atMost(LONG_ENOUGH).untilAsserted(() -> assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(1)))
                    .isInstanceOf(GroupAuthorizationException.class));

            admin.deleteAcls(List.of(denied.toFilter())).all().get();

            await().atMost(LONG_ENOUGH).ignoreException(GroupAuthorizationException.class)
                    .until(() -> !consumer.poll(Duration.ofSeconds(1)).isEmpty());
        }
    }

    /** What the broker does to its own topics and controller must not depend on what clients may do. */
    @Test
    void whenClientsMayDoNothingToTheCluster_thenTheBrokerStillServesTransactionsAndNewTopics() throws Exception {
        var rules = List.of(rule(ResourceType.CLUSTER, "kafka-cluster", AclOperation.CLUSTER_ACTION, AclPermissionType.DENY),
                rule(ResourceType.CLUSTER, "kafka-cluster", AclOperation.ALTER, AclPermissionType.ALLOW),
                rule(ResourceType.CLUSTER, "kafka-cluster", AclOperation.CREATE, AclPermissionType.ALLOW));
        admin.createAcls(rules).all().get();
        try (var producer = Records.producer(broker.bootstrapServers(), Map.of("transactional.id", "tx"));
                var consumer = consumer("of-payments")) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("payments", "k", "one"));
            producer.commitTransaction();

            consumer.subscribe(Set.of("payments"));
            await().atMost(LONG_ENOUGH).until(() -> !consumer.poll(Duration.ofSeconds(1)).isEmpty());
        } finally {
            admin.deleteAcls(rules.stream().map(AclBinding::toFilter).toList()).all().get();
        }
    }

    private void produce(String topic) throws Exception {
        try (var producer = Records.producer(broker.bootstrapServers())) {
            producer.send(new ProducerRecord<>(topic, "k", "one")).get();
        }
    }

    private KafkaConsumer<String, String> consumer(String group) {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", group,
                "auto.offset.reset", "earliest", "isolation.level", "read_committed");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    private static AclBinding rule(ResourceType type, String name, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry("User:ANONYMOUS", "*", operation, permission));
    }
}
