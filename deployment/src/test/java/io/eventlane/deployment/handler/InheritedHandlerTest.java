package io.eventlane.deployment.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.runtime.ChannelHandlers;
import io.eventlane.runtime.HandlerTable;
import io.quarkus.test.QuarkusUnitTest;

class InheritedHandlerTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = Application.of(Order.class, Base.class, Middle.class, Audited.class,
            Orders.class);

    @Inject
    HandlerTable table;

    @Inject
    Orders orders;

    @BeforeEach
    void clear() {
        orders.seen.clear();
    }

    @Test
    void whenSuperclassIsGeneric_thenPayloadIsTheBeansTypeArgument() throws Throwable {
        assertThat(new Handlers(table).only("inherited").method().payloadType()).isEqualTo(Order.class);

        new Handlers(table).invoke("inherited", TestEvent.of(new Order("a")));

        assertThat(orders.seen).containsExactly("inherited " + new Order("a"));
    }

    @Test
    void whenInterfaceHasDefaultMethod_thenItIsAHandler() throws Throwable {
        new Handlers(table).invoke("audit", TestEvent.of(new Order("a")));

        assertThat(orders.seen).containsExactly("audited " + new Order("a"));
    }

    @Test
    void whenGenericHandlerIsOverridden_thenOnlyTheOverridingMethodCounts() throws Throwable {
        assertThat(new Handlers(table).channel("overridden").invokers()).hasSize(1);

        new Handlers(table).invoke("overridden", TestEvent.of(new Order("a")));

        assertThat(orders.seen).containsExactly("overriding " + new Order("a"));
    }

    @Test
    void whenOverriddenWithoutAnnotation_thenHandlerIsSwitchedOff() {
        assertThat(table.channels()).extracting(ChannelHandlers::channel)
                .containsExactly("audit", "inherited", "overridden");
    }

    record Order(String id) {
    }

    abstract static class Base<T> {

        final List<String> seen = new ArrayList<>();

        @Incoming("inherited")
        void onInherited(T payload) {
            seen.add("inherited " + payload);
        }

        @Incoming("overridden")
        void onOverridden(T payload) {
            seen.add("overridden " + payload);
        }

        @Incoming("switched-off")
        void onSwitchedOff(T payload) {
            seen.add("switched off " + payload);
        }
    }

    abstract static class Middle<A, B> extends Base<B> {
    }

    interface Audited<T> {

        void record(String line);

        @Incoming("audit")
        default void audit(T payload) {
            record("audited " + payload);
        }
    }

    static class Orders extends Middle<String, Order> implements Audited<Order> {

        @Override
        public void record(String line) {
            seen.add(line);
        }

        @Override
        @Incoming("overridden")
        void onOverridden(Order order) {
            seen.add("overriding " + order);
        }

        @Override
        void onSwitchedOff(Order order) {
        }
    }
}
