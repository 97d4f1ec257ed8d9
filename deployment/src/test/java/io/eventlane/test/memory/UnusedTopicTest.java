package io.eventlane.test.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** A topic's name is mistyped, and those for failed events are not. */
class UnusedTopicTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = MemoryApplication.of(Handlers.class)
            .overrideConfigKey("quarkus.eventlane.incoming.orders.failure-strategy", "delayed-retry-topic")
            .overrideConfigKey("quarkus.eventlane.incoming.orders.dead-letter-queue.topic", "dead-orders")
            .overrideConfigKey("quarkus.eventlane.topic.ordres.partitions", "8")
            .overrideConfigKey("quarkus.eventlane.topic.dead-orders.replicas", "1")
            .overrideConfigKey("quarkus.eventlane.topic.orders_retry_10000.replicas", "1")
            .setLogRecordPredicate(record -> record.getLevel().intValue() >= Level.WARNING.intValue())
            .assertLogRecords(records -> assertThat(records).extracting(record -> record.getMessage())
                    .filteredOn(message -> message.contains("eventlane.topic")).containsExactly(
                            "quarkus.eventlane.topic.ordres.… is configured, but no channel is known to use that topic;"
                                    + " did you mean orders?"));

    @Test
    void whenATopicIsConfiguredThatNobodyUses_thenTheApplicationStartsWithAWarning() {
        assertThat(MemoryApplication.threads()).contains("eventlane-memory");
    }

    static class Handlers {

        @Incoming("orders")
        void handle(String event) {
            // Only the configuration counts.
        }
    }
}
