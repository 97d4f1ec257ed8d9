package io.eventlane.it.coexistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.runtime.ChannelHandlers;
import io.eventlane.runtime.ChannelPlan;
import io.eventlane.runtime.HandlerTable;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.reactive.messaging.ChannelRegistry;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.annotations.Broadcast;
import io.smallrye.reactive.messaging.annotations.Merge;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;

class ClaimedChannelTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(Orders.class, Unscoped.class))
            .overrideConfigKey("quarkus.eventlane.enabled", "false")
            .overrideConfigKey("quarkus.kafka.devservices.enabled", "false")
            .overrideConfigKey("quarkus.http.host-enabled", "false")
            .overrideConfigKey("quarkus.eventlane.incoming.ours.connector", "kafka")
            .overrideConfigKey("quarkus.eventlane.incoming.ours-too.connector", "kafka")
            .overrideConfigKey("quarkus.eventlane.incoming.unscoped.connector", "kafka")
            .overrideConfigKey("mp.messaging.incoming.theirs.connector", InMemoryConnector.CONNECTOR)
            .overrideConfigKey("mp.messaging.outgoing.their-results.connector", InMemoryConnector.CONNECTOR);

    @Inject
    HandlerTable table;

    @Inject
    ChannelPlan plan;

    @Inject
    ChannelRegistry theirs;

    @Inject
    @Connector(InMemoryConnector.CONNECTOR)
    InMemoryConnector memory;

    @Inject
    Orders orders;

    @Test
    void whenConnectorIsSet_thenChannelIsOurs() {
        assertThat(table.channels()).extracting(ChannelHandlers::channel).containsExactly("ours", "ours-too", "unscoped");
        assertThat(plan.outgoing()).containsOnlyKeys("our-results");
    }

    @Test
    void whenChannelIsOurs_thenMessagingDoesNotKnowIt() {
        assertThat(theirs.getIncomingNames()).containsExactlyInAnyOrder("theirs", "their-results");
        assertThat(theirs.getOutgoingNames()).containsExactly("their-results");
    }

    @Test
    void whenConnectorIsNotSet_thenMessagingRunsTheHandler() {
        memory.source("theirs").send("a");

        await().untilAsserted(() -> assertThat(orders.seen).containsExactly("a"));
        await().untilAsserted(() -> assertThat(memory.sink("their-results").received()).hasSize(1));
    }

    @Singleton
    static class Orders {

        final List<String> seen = new CopyOnWriteArrayList<>();

        @Incoming("ours")
        @Incoming("ours-too")
        @Outgoing("our-results")
        @Blocking
        @Acknowledgment(Acknowledgment.Strategy.POST_PROCESSING)
        @Merge
        @Broadcast
        String ours(String order) {
            return order;
        }

        @Incoming("theirs")
        @Outgoing("their-results")
        String theirs(String order) {
            seen.add(order);
            return order;
        }
    }

    static class Unscoped {

        @Incoming("unscoped")
        void onEvent(String text) {
        }
    }
}
