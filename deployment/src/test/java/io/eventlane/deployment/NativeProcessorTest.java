package io.eventlane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jboss.jandex.Type;
import org.jboss.jandex.WildcardType;
import org.junit.jupiter.api.Test;

import io.eventlane.Envelope;
import io.eventlane.deployment.PublisherBuildItem.Publisher;
import io.smallrye.mutiny.Uni;

class NativeProcessorTest {

    private final List<String> registered = new ArrayList<>();

    @Test
    void whenHandlersHavePayloadsAndResults_thenBothAreRegisteredWithTheirReason() throws Exception {
        List<Handler> handlers = new ArrayList<>();
        new HandlerDiscovery(Index.of(Orders.class), Claims.everything(), handlers::add, problem -> {
        }).visit("orders", Index.of(Orders.class).getClassByName(Orders.class));

        register(handlers);

        assertThat(registered).containsExactlyInAnyOrder(
                type("Order") + ": payload of " + Orders.class.getName() + "#onOrder",
                type("Invoice") + ": result of " + Orders.class.getName() + "#onOrder");
    }

    @Test
    void whenPublisherIsInjected_thenItsPayloadIsRegistered() {
        register(List.of(), new Publisher("orders", Type.create(Order.class), "Shop#orders"));

        assertThat(registered).containsExactly(type("Order") + ": published by Shop#orders");
    }

    @Test
    void whenPublisherTakesAnything_thenNothingIsRegistered() {
        register(List.of(), new Publisher("orders", WildcardType.UNBOUNDED, "Shop#orders"));

        assertThat(registered).isEmpty();
    }

    private void register(List<Handler> handlers, Publisher... publishers) {
        new NativeProcessor().registerPayloads(new ApplicationHandlersBuildItem(handlers),
                List.of(publishers).stream().map(PublisherBuildItem::new).toList(),
                item -> registered.add(item.getType().name() + ": " + item.getSource()));
    }

    private static DotName type(String name) {
        return DotName.createSimple(NativeProcessorTest.class.getName() + "$" + name);
    }

    record Order(String id) {
    }

    record Invoice(String id) {
    }

    static class Orders {

        @Incoming("orders")
        @Outgoing("invoices")
        Uni<List<Envelope<Invoice>>> onOrder(Envelope<Order> order) {
            return Uni.createFrom().nullItem();
        }
    }
}
