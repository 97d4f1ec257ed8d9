package io.eventlane.kafka;

import static io.eventlane.kafka.KafkaTestBroker.get;

import java.util.List;

import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.eventlane.brokers.KafkaBroker;
import io.eventlane.brokers.KafkaBrokerOptions;

class KafkaAuthorizationTest {

    @ParameterizedTest
    @EnumSource(value = ResourceType.class, names = { "TOPIC", "GROUP" })
    void whenReadingIsForbiddenForAWhile_thenTheChannelSaysSoAndGoesOnWhenItIsAllowedAgain(ResourceType type)
            throws Exception {
        try (KafkaBroker process = KafkaBroker.start(KafkaBrokerOptions.DEFAULTS.withAuthorizer());
                KafkaTestBroker broker = new KafkaTestBroker(process)) {
            String topic = broker.topic(2);
            AclBinding forbidden = new AclBinding(
                    new ResourcePattern(type, type == ResourceType.TOPIC ? topic : topic + "-group", PatternType.LITERAL),
                    new AccessControlEntry("User:ANONYMOUS", "*", AclOperation.READ, AclPermissionType.DENY));
            AclBinding allowed = new AclBinding(forbidden.pattern(),
                    new AccessControlEntry("User:ANONYMOUS", "*", AclOperation.ALL, AclPermissionType.ALLOW));
            try (SteadyFlow flow = new SteadyFlow(broker, topic, (record, delivery) -> Thread.sleep(2))) {
                flow.awaitMore(300);
                flow.awaitReady();

                get(broker.admin().createAcls(List.of(forbidden, allowed)).all());
                flow.awaitTrouble("AuthorizationException");
                get(broker.admin().deleteAcls(List.of(forbidden.toFilter())).all());

                flow.awaitMore(600);
                flow.awaitReady();
                flow.finishInOrder(2);
            }
        }
    }
}
