package io.eventlane.test.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.Event;
import io.eventlane.EventBus;
import io.eventlane.EventPublisher;
import io.eventlane.Position;
import io.eventlane.PublishException;
import io.eventlane.PublishException.Reason;
import io.eventlane.PublishTo;
import io.eventlane.memory.MemoryRecord;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.QuarkusUnitTest;

/** An application without any broker. */
class PublishAndHandleTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = MemoryApplication.of(Early.class, Chain.class, Unwrapping.class)
            .overrideConfigKey("quarkus.eventlane.outgoing.early.max-inflight-messages", "1")
            .setLogRecordPredicate(record -> record.getLevel().intValue() >= Level.WARNING.intValue())
            .assertLogRecords(records -> assertThat(records).extracting(record -> record.getMessage())
                    .as("somebody misses a broker").noneMatch(message -> message.contains("afka")))
            .setAfterUndeployListener(() -> assertThat(MemoryApplication.threads()).isEmpty());

    @Inject
    EventBus bus;

    @Inject
    @PublishTo("split")
    EventPublisher<Integer> numbers;

    @Inject
    Early early;

    @Inject
    Chain chain;

    @Inject
    Unwrapping unwrapping;

    @Test
    void whenMoreIsPublishedWhileTheApplicationStartsThanMayBeInFlight_thenAllIsHandled() {
        await().atMost(Duration.ofSeconds(20)).until(() -> early.handled.size() == 2);
        assertThat(early.handled).containsExactly("published at start", "published next");
    }

    @Test
    void whenEventsArePublished_thenTheyHaveReceiptsAndAreHandledAndTheirResultsToo() throws Exception {
        assertThat(numbers.publish("k", 3).toCompletableFuture().get(20, TimeUnit.SECONDS).position())
                .isEqualTo(new Position("split", 0, 0));

        List<String> out = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            out.add(chain.out.poll(20, TimeUnit.SECONDS));
        }
        assertThat(out).containsExactly("k:1", "k:2", "k:3", "k:sum 6");
    }

    @Test
    void whenAHandlerAsksForTheRecord_thenItGetsTheConnectorsOwnAndNoOther() {
        bus.publish("unwrap", "k", "payload").toCompletableFuture().join();

        await().atMost(Duration.ofSeconds(20)).until(() -> unwrapping.record != null && unwrapping.refusal != null);
        assertThat(unwrapping.record.topic()).isEqualTo("unwrap");
        assertThat(new String(unwrapping.record.payload())).isEqualTo("payload");
        assertThat(unwrapping.refusal).hasMessage(
                "the event at unwrap-0@0 is a io.eventlane.memory.MemoryRecord, not a java.lang.Thread");
    }

    @Test
    void whenNoChannelIsNamed_thenThePublicationFailsAndNothingIsThrown() {
        Throwable failure = bus.publish("", "k", "x").toCompletableFuture().handle((receipt, e) -> e).join();

        assertThat(failure)
                .isInstanceOfSatisfying(PublishException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID))
                .hasMessageContaining("quarkus.eventlane.outgoing..topic must not be blank");
    }

    @Test
    void whenTheApplicationRuns_thenNothingOfKafkaDoes() {
        assertThat(MemoryApplication.threads()).contains("eventlane-memory").noneMatch(name -> name.contains("kafka"));
    }

    @Singleton
    public static class Early {

        final Queue<String> handled = new ConcurrentLinkedQueue<>();

        void start(@Observes StartupEvent event, EventBus bus) {
            bus.publish("early", "k", "published at start").toCompletableFuture().join();
            bus.publish("early", "k", "published next").toCompletableFuture().join();
        }

        @Incoming("early")
        void on(String payload) {
            handled.add(payload);
        }
    }

    @Singleton
    public static class Chain {

        final BlockingQueue<String> out = new LinkedBlockingQueue<>();
        private int sum;

        @Incoming("split")
        @Outgoing("add")
        List<Integer> split(int n) {
            return List.of(1, 2, n);
        }

        @Incoming("add")
        @Outgoing("sum")
        String add(Event<Integer> event) {
            out.add(event.key() + ":" + event.payload());
            sum += event.payload();
            return sum < 6 ? null : "sum " + sum;
        }

        @Incoming("sum")
        void end(Event<String> total) {
            out.add(total.key() + ":" + total.payload());
        }
    }

    @Singleton
    public static class Unwrapping {

        volatile MemoryRecord record;
        volatile RuntimeException refusal;

        @Incoming("unwrap")
        void on(Event<String> event) {
            record = event.unwrap(MemoryRecord.class);
            try {
                event.unwrap(Thread.class);
            } catch (RuntimeException e) {
                refusal = e;
            }
        }
    }
}
