package io.eventlane.deployment.handler;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.EventType;
import io.eventlane.runtime.ChannelHandlers;
import io.eventlane.runtime.HandlerTable;
import io.quarkus.test.QuarkusUnitTest;

class EventTypeRoutingTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = Application.of(Orders.class, Audit.class);

    @Inject
    HandlerTable table;

    @Test
    void whenTypeHasHandler_thenItIsSelected() {
        assertThat(selected("orders", "order.placed")).isEqualTo("Orders#placed");
        assertThat(selected("orders", "order.paid")).isEqualTo("Orders#paid");
    }

    @Test
    void whenHashCodesCollide_thenTypesAreStillToldApart() {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        assertThat(selected("orders", "Aa")).isEqualTo("Orders#first");
        assertThat(selected("orders", "BB")).isEqualTo("Orders#second");
    }

    @Test
    void whenNoTypeMatches_thenHandlerWithoutTypeIsSelected() {
        assertThat(selected("orders", "order.unheard")).isEqualTo("Audit#rest");
        assertThat(selected("orders", null)).isEqualTo("Audit#rest");
    }

    @Test
    void whenNoTypeMatchesAndAllHandlersHaveOne_thenNothingIsSelected() {
        ChannelHandlers payments = new Handlers(table).channel("payments");

        assertThat(payments.select("payment.lost")).isNull();
        assertThat(payments.select(null)).isNull();
    }

    @Test
    void whenHandlersHaveTypes_thenChannelIsByType() {
        assertThat(new Handlers(table).channel("orders").byType()).isTrue();
        assertThat(new Handlers(table).channel("log").byType()).isFalse();
    }

    @Test
    void whenTableIsAsked_thenChannelsAreSorted() {
        assertThat(table.channels()).extracting(ChannelHandlers::channel).containsExactly("log", "orders", "payments");
    }

    private String selected(String channel, String type) {
        String description = new Handlers(table).channel(channel).select(type).method().description();
        return description.substring(description.indexOf('$') + 1);
    }

    static class Orders {

        @Incoming("orders")
        @EventType("order.placed")
        void placed(String order) {
        }

        @Incoming("orders")
        @EventType("order.paid")
        void paid(String order) {
        }

        @Incoming("orders")
        @EventType("Aa")
        void first(String order) {
        }

        @Incoming("orders")
        @EventType("BB")
        void second(String order) {
        }

        @Incoming("payments")
        @EventType("payment.made")
        void made(String payment) {
        }
    }

    static class Audit {

        @Incoming("orders")
        @Incoming("log")
        void rest(String any) {
        }
    }
}
