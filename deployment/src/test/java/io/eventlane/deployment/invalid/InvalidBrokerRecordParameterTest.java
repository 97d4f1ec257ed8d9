package io.eventlane.deployment.invalid;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class InvalidBrokerRecordParameterTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL002 io.eventlane.deployment.invalid.InvalidBrokerRecordParameterTest$Orders#onOrder: parameter 1 (org.apache.kafka.clients.consumer.ConsumerRecord<java.lang.String, java.lang.String>) is not the record that the broker delivers: keys and values are bytes, decoded only when the handler runs. Declare it as ConsumerRecord<byte[], byte[]>, and take the decoded payload and key as parameters beside it." },
            Orders.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    static class Orders {

        @Incoming("orders")
        void onOrder(ConsumerRecord<String, String> order) {
        }
    }
}
