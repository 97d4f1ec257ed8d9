package io.eventlane.test.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.Transactional;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.EventBus;
import io.quarkus.test.QuarkusUnitTest;

class RequestScopeAndTransactionTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = KafkaApplication.of(Handlers.class, Unit.class, Seen.class);

    @Inject
    EventBus bus;

    @Inject
    Seen seen;

    @Test
    void whenEventsAreHandled_thenEachHasARequestOfItsOwnThatEnds() throws Exception {
        publish("request", "1");
        publish("request", "2");

        String first = seen.next();
        assertThat(first).startsWith("handled in ");
        assertThat(seen.next()).isEqualTo(first.replace("handled in", "destroyed"));
        String second = seen.next();
        assertThat(second).startsWith("handled in ").isNotEqualTo(first);
        assertThat(seen.next()).isEqualTo(second.replace("handled in", "destroyed"));
    }

    @Test
    void whenAHandlerIsTransactional_thenItRunsInATransaction() throws Exception {
        publish("transactional", "x");

        assertThat(seen.next()).isEqualTo("status " + Status.STATUS_ACTIVE);
    }

    private void publish(String channel, String payload) throws Exception {
        bus.publish(channel, "k", payload).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @ApplicationScoped
    public static class Seen {

        private final BlockingQueue<String> things = new LinkedBlockingQueue<>();

        public void add(String thing) {
            things.add(thing);
        }

        public String next() throws InterruptedException {
            return things.poll(30, TimeUnit.SECONDS);
        }
    }

    @RequestScoped
    public static class Unit {

        private final String id = UUID.randomUUID().toString();

        @Inject
        Seen seen;

        public String id() {
            return id;
        }

        @PreDestroy
        void end() {
            seen.add("destroyed " + id);
        }
    }

    @ApplicationScoped
    public static class Handlers {

        @Inject
        Unit unit;

        @Inject
        Seen seen;

        @Inject
        TransactionManager transactions;

        @Incoming("request")
        void request(String payload) {
            seen.add("handled in " + unit.id());
        }

        @Incoming("transactional")
        @Transactional
        void transactional(String payload) throws Exception {
            seen.add("status " + transactions.getStatus());
        }
    }
}
