package io.eventlane.deployment.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.runtime.HandlerTable;
import io.quarkus.test.QuarkusUnitTest;

class PayloadHandlerTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = Application.of(Orders.class, Order.class);

    @Inject
    HandlerTable table;

    @Inject
    Orders orders;

    @Test
    void whenInvoked_thenPackagePrivateMethodGetsPayload() throws Throwable {
        Object result = new Handlers(table).invoke("orders", TestEvent.of(new Order("o-1")));

        assertThat(result).isNull();
        assertThat(orders.seen).containsExactly(new Order("o-1"));
    }

    @Test
    void whenAsked_thenMethodDescribesItself() {
        var method = new Handlers(table).only("orders").method();

        assertThat(method.description()).isEqualTo(Orders.class.getName() + "#onOrder");
        assertThat(method.payloadType()).isEqualTo(Order.class);
        assertThat(method.envelope()).isFalse();
        assertThat(method.eventType()).isNull();
        assertThat(method.outgoing()).isEmpty();
    }

    record Order(String id) {
    }

    static class Orders {

        final List<Order> seen = new ArrayList<>();

        @Incoming("orders")
        void onOrder(Order order) {
            seen.add(order);
        }
    }
}
