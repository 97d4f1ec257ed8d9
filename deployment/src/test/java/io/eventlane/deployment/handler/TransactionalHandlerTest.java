package io.eventlane.deployment.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.runtime.HandlerTable;
import io.quarkus.test.QuarkusUnitTest;

class TransactionalHandlerTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = Application.of(Orders.class);

    @Inject
    HandlerTable table;

    @Inject
    Orders orders;

    @Inject
    TransactionManager transactions;

    @Test
    void whenHandlerReturns_thenItsTransactionIsCommitted() throws Throwable {
        new Handlers(table).invoke("orders", TestEvent.of("good"));

        assertThat(orders.outcome).isEqualTo(Status.STATUS_COMMITTED);
        assertThat(transactions.getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
    }

    @Test
    void whenHandlerThrows_thenItsTransactionIsRolledBack() {
        assertThatThrownBy(() -> new Handlers(table).invoke("orders", TestEvent.of("bad")))
                .isInstanceOf(IllegalStateException.class);

        assertThat(orders.outcome).isEqualTo(Status.STATUS_ROLLEDBACK);
    }

    @Singleton
    static class Orders implements Synchronization {

        @Inject
        TransactionSynchronizationRegistry registry;

        int outcome = Status.STATUS_UNKNOWN;

        @Transactional
        @Incoming("orders")
        void onOrder(String order) {
            registry.registerInterposedSynchronization(this);
            if (order.equals("bad")) {
                throw new IllegalStateException(order);
            }
        }

        @Override
        public void beforeCompletion() {
        }

        @Override
        public void afterCompletion(int status) {
            outcome = status;
        }
    }
}
