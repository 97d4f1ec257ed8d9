package io.eventlane.memory;

import static io.eventlane.memory.Events.event;
import static io.eventlane.memory.Events.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.eventlane.Position;
import io.eventlane.PublishException.Reason;
import io.eventlane.engine.Verdict;
import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.ChannelStatus.Severity;
import io.eventlane.spi.ChannelStatus.Trouble;
import io.eventlane.spi.InboundHandler;
import io.eventlane.spi.Outbound;
import io.eventlane.spi.OutboundException;

@Timeout(60)
class MemoryConnectorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final MemoryConnector connector = new MemoryConnector(timer);
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final InboundHandler collecting = (record, delivery) -> handled.add(text(record.payload()));
    private final InboundHandler gated = (record, delivery) -> {
        gate.await();
        handled.add(text(record.payload()));
    };

    @AfterEach
    void close() {
        gate.countDown();
        connector.closeIncoming(PATIENCE);
        timer.shutdownNow();
    }

    @Test
    void whenEventsArePublishedBeforeTheChannelsAreOpen_thenTheyAreHandled() {
        Outbound orders = outbound("orders", 10);
        orders.send(event("k", "before they are open"));
        connector.openIncoming(List.of(new MemoryTestChannel("in", List.of("orders"), collecting).definition()));
        orders.send(event("k", "before they are started"));
        connector.startIncoming();
        orders.send(event("k", "after that"));

        awaitHandled("before they are open", "before they are started", "after that");
    }

    @Test
    void whenTheChannelsWereNeverStarted_thenTheyCloseAtOnce() {
        connector.openIncoming(List.of(new MemoryTestChannel("in", List.of("orders"), collecting).definition()));

        assertThatCode(() -> connector.closeIncoming(PATIENCE)).doesNotThrowAnyException();
    }

    @Test
    void whenNobodyReadsATopic_thenEventsAreAcknowledgedAndNotKept() {
        Outbound unread = outbound("unread", 1);
        unread.send(event("k", "at start"));
        connector.startIncoming();

        for (int i = 1; i < 10; i++) {
            assertThat(unread.trySend(event("k", "x")).toCompletableFuture())
                    .isCompletedWithValue(new Position("unread", 0, i));
        }
    }

    @Test
    void whenEventsComeOneByOne_thenEachWakesTheSource() {
        start(new MemoryTestChannel("in", List.of("orders"), collecting));
        Outbound orders = outbound("orders", 10);

        // A source that is not woken looks by itself every 500 ms: that would take minutes.
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (int i = 0; i < 1_000; i++) {
            orders.send(event("k", Integer.toString(i)));
            while (handled.size() <= i) {
                assertThat(System.nanoTime()).as("time of event " + i).isLessThan(end);
            }
        }
    }

    @Test
    void whenAChannelIsAtItsBound_thenPublishersAreHeldBackAndGoOnWithIt() throws Exception {
        start(new MemoryTestChannel("in", List.of("orders"), gated).maxQueued(4));
        Outbound orders = outbound("orders", 3);

        // Four are taken by the channel, three wait in the topic.
        AtomicInteger accepted = new AtomicInteger();
        await().atMost(PATIENCE).until(() -> {
            orders.trySend(event("k", "x")).thenRun(accepted::incrementAndGet);
            return accepted.get() == 7;
        });
        CompletableFuture<Position> refused = orders.trySend(event("k", "x")).toCompletableFuture();
        assertThat(refused.exceptionNow()).isInstanceOfSatisfying(OutboundException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.BACK_PRESSURE));
        Thread publisher = Thread.ofVirtual().start(() -> orders.send(event("k", "the last")));
        await().atMost(PATIENCE).until(() -> publisher.getState() == Thread.State.TIMED_WAITING);
        assertThat(handled).isEmpty();

        gate.countDown();

        publisher.join();
        await().atMost(PATIENCE).until(() -> handled.size() == 8);
        assertThat(handled).last().isEqualTo("the last");
    }

    @Test
    void whenAKeyFails_thenOnlyItWaitsUntilTheSpanIsReached() {
        InboundHandler failing = (record, delivery) -> {
            if (gate.getCount() > 0 && text(record.key()).equals("bad")) {
                throw new IllegalStateException("no such customer");
            }
            handled.add(text(record.payload()));
        };
        start(new MemoryTestChannel("in", List.of("orders", "others"), failing).maxSpan(5)
                .policy((record, attempt, failure) -> new Verdict.Park(Duration.ofMillis(50))));
        Outbound orders = outbound("orders", 100);
        orders.send(event("bad", "bad"));
        for (int i = 0; i < 10; i++) {
            orders.send(event("good", "good " + i));
        }
        outbound("others", 100).send(event("good", "other"));

        awaitHandled("good 0", "good 1", "good 2", "good 3", "other");
        await().atMost(PATIENCE).until(() -> !status().troubles().isEmpty());
        assertThat(status().troubles()).singleElement().satisfies(trouble -> {
            assertThat(trouble.severity()).isEqualTo(Severity.NOT_READY);
            assertThat(trouble.what()).startsWith("orders is paused, 5 records past its first unfinished one (max-span):"
                    + " key 'bad' at orders-0@0, failed ").endsWith("no such customer");
        });
        assertThat(status().connector()).isEqualTo("memory");
        assertThat(status().facts()).containsEntry("topics", "orders, others").containsEntry("waiting", 6L)
                .containsEntry("parked", 1);

        gate.countDown();

        await().atMost(PATIENCE).until(() -> handled.size() == 12);
        await().atMost(PATIENCE).until(() -> status().troubles().isEmpty());
    }

    @Test
    void whenTwoChannelsReadATopic_thenEachGetsAllUnlessTheyAreOfOneGroup() {
        Queue<String> others = new ConcurrentLinkedQueue<>();
        MemoryTestChannel in = new MemoryTestChannel("in", List.of("orders"), collecting);
        MemoryTestChannel audit = new MemoryTestChannel("audit", List.of("orders"),
                (record, delivery) -> others.add(text(record.payload())));
        start(in, audit);
        outbound("orders", 10).send(event("k", "a"));

        awaitHandled("a");
        await().atMost(PATIENCE).until(() -> others.size() == 1);
        assertThat(MemoryConnector.problems(List.of(in.definition(), audit.definition()))).isEmpty();
        assertThat(MemoryConnector.problems(List.of(in.definition(), audit.group("group of in").definition())))
                .containsExactly(
                        "quarkus.eventlane.incoming.in.topic and quarkus.eventlane.incoming.audit.topic both read topic"
                                + " orders in group group of in, so that each would get only a part of it: give one of them a"
                                + " quarkus.eventlane.incoming.audit.group.id of its own");
    }

    @Test
    void whenItIsClosed_thenWhatRunsEndsAndNothingElseStarts() throws Exception {
        start(new MemoryTestChannel("in", List.of("orders"), gated).maxConcurrency(1).maxQueued(2));
        Outbound orders = outbound("orders", 100);
        for (String payload : List.of("runs", "is queued", "is in the topic")) {
            orders.send(event("k", payload));
        }
        await().atMost(PATIENCE).until(() -> Long.valueOf(1).equals(status().facts().get("waiting")));
        Thread closing = Thread.ofVirtual().start(() -> connector.closeIncoming(PATIENCE));
        await().atMost(PATIENCE).until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        assertThat(handled).isEmpty();

        gate.countDown();
        closing.join();

        assertThat(handled).containsExactly("runs");
        assertThat(threads()).isEmpty();
        assertThat(orders.send(event("k", "too late")).toCompletableFuture()).isCompletedWithValue(
                new Position("orders", 0, 3));
        assertThat(status().troubles()).extracting(Trouble::severity).containsExactly(Severity.DEAD);
    }

    @Test
    void whenAHandlerWaitsForRoomInATopicAtTheEnd_thenItIsNotHeldUp() {
        Outbound next = outbound("next", 1);
        InboundHandler publishing = (record, delivery) -> {
            next.send(event("k", "x")).toCompletableFuture().join();
            handled.add(text(record.payload()));
        };
        InboundHandler failing = (record, delivery) -> {
            throw new IllegalStateException("no");
        };
        start(new MemoryTestChannel("in", List.of("orders"), publishing),
                new MemoryTestChannel("next", List.of("next"), failing).maxSpan(1)
                        .policy((record, attempt, failure) -> new Verdict.Park(Duration.ofHours(1))));
        Outbound orders = outbound("orders", 10);
        for (String payload : List.of("taken", "in the topic", "finds no room")) {
            orders.send(event("k", payload));
        }
        await().atMost(PATIENCE).until(() -> handled.size() == 2
                && Integer.valueOf(1).equals(connector.status().getFirst().facts().get("running")));

        long start = System.nanoTime();
        connector.closeIncoming(PATIENCE);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE.dividedBy(2));
        assertThat(handled).containsExactly("taken", "in the topic", "finds no room");
    }

    @Test
    void whenAHandlerDoesNotEndInTime_thenItIsInterruptedAndToldSo() {
        CompletableFuture<Boolean> revoked = new CompletableFuture<>();
        start(new MemoryTestChannel("in", List.of("orders"), (record, delivery) -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                revoked.complete(delivery.isRevoked());
            }
        }));
        outbound("orders", 100).send(event("k", "x"));
        await().atMost(PATIENCE).until(() -> Integer.valueOf(1).equals(status().facts().get("running")));

        connector.closeIncoming(Duration.ofMillis(50));

        assertThat(revoked.orTimeout(20, TimeUnit.SECONDS).join()).isTrue();
        assertThat(threads()).isEmpty();
    }

    @Test
    void whenNoChannelReads_thenThereIsNoThread() {
        outbound("orders", 1).send(event("k", "x"));
        connector.startIncoming();

        assertThat(connector.status()).isEmpty();
        assertThat(threads()).isEmpty();
    }

    @Test
    void whenItIsNotStarted_thenTheStatusSaysSo() {
        connector.openIncoming(List.of(new MemoryTestChannel("in", List.of("orders"), collecting).definition()));
        assertThat(status().troubles()).extracting(Trouble::severity).containsExactly(Severity.NOT_STARTED);
        assertThat(threads()).isEmpty();

        connector.startIncoming();
        await().atMost(PATIENCE).until(() -> status().troubles().isEmpty());
    }

    private void start(MemoryTestChannel... channels) {
        connector.openIncoming(List.of(channels).stream().map(MemoryTestChannel::definition).toList());
        connector.startIncoming();
    }

    private Outbound outbound(String topic, int bound) {
        return connector.openOutgoing(new MemoryOutgoing("out", topic, bound, null));
    }

    private ChannelStatus status() {
        return connector.status().getFirst();
    }

    private void awaitHandled(String... payloads) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(handled).containsExactlyInAnyOrder(payloads));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("eventlane-memory")).toList();
    }
}
