package io.eventlane.test.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupType;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** Kafka's consumer has properties that begin as one of ours does. */
class GroupPropertiesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = KafkaApplication.of(Handlers.class)
            .overrideConfigKey("quarkus.eventlane.incoming.members.group.protocol", "consumer")
            .overrideConfigKey("quarkus.eventlane.incoming.members.group.instance.id", "the-first")
            .setLogRecordPredicate(record -> record.getLevel().intValue() >= Level.WARNING.intValue()
                    && record.getMessage().contains("Unrecognized configuration key"))
            .assertLogRecords(records -> assertThat(records).as("said to be ignored").isEmpty());

    @ConfigProperty(name = "quarkus.application.name")
    String group;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    @Test
    void whenTheyAreSet_thenTheyReachTheBrokerAndNobodySaysThatTheyAreIgnored() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            await().atMost(Duration.ofSeconds(40)).until(() -> members(admin).equals(List.of("the-first")));
            assertThat(describe(admin).type()).isEqualTo(GroupType.CONSUMER);
        }
    }

    private List<String> members(Admin admin) {
        return describe(admin).members().stream().map(MemberDescription::groupInstanceId).map(id -> id.orElse("none")).toList();
    }

    private ConsumerGroupDescription describe(Admin admin) {
        try {
            return admin.describeConsumerGroups(List.of(group)).all().get().get(group);
        } catch (Exception e) {
            return new ConsumerGroupDescription(group, true, List.of(), "", null, null);
        }
    }

    static class Handlers {

        @Incoming("members")
        void handle(String event) {
            // Only the membership counts.
        }
    }
}
