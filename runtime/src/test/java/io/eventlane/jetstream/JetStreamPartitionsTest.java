package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.eventlane.Position;
import io.eventlane.channel.MemberProcess;
import io.eventlane.channel.MemberProcess.Start;
import io.eventlane.channel.OrderJournal;
import io.eventlane.spi.InboundHandler;

/** Several instances share the partitions of a topic, and come and go. */
class JetStreamPartitionsTest {

    private static final int KEYS = 60;
    private static final int PARTITIONS = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final TestNats nats = TestNats.shared();
    private final String topic = TestNats.unique();
    private final OrderJournal journal = new OrderJournal();

    @AfterEach
    void close() {
        nats.close();
    }

    private TestIncoming.Running instance(AtomicInteger handled) {
        return instanceOf(TestNats.group(topic), handled);
    }

    private TestIncoming.Running instanceOf(String group, AtomicInteger handled) {
        return partitioned(journal.handler((record, delivery) -> {
            handled.incrementAndGet();
            Thread.sleep(2);
        })).group(group).start();
    }

    private TestIncoming partitioned(InboundHandler handler) {
        return new TestIncoming(nats, topic, handler).spec(TestNats.partitioned(topic, PARTITIONS));
    }

    @Test
    void whenEventsHaveNoKey_thenThePartitionsShareThemAndNoneIsLeftOut() throws Exception {
        int events = 2_000;
        TopicSpec spec = TestNats.partitioned(topic, PARTITIONS);
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        try (var out = new TestPublisher(nats.url(), Channels.to(topic).partitioned(), spec);
                var running = new TestIncoming(nats, topic, (record, delivery) -> {
                    assertThat(record.key()).isNull();
                    handled.add(TestNats.text(record.payload()));
                }).spec(spec).start()) {
            running.awaitReady();
            List<CompletionStage<Position>> sent = new ArrayList<>();
            for (int i = 0; i < events; i++) {
                sent.add(out.send(null, Integer.toString(i)));
            }
            sent.forEach(each -> each.toCompletableFuture().join());
            await().untilAsserted(() -> assertThat(handled).hasSize(events).doesNotHaveDuplicates());
        }
        for (int partition = 0; partition < PARTITIONS; partition++) {
            assertThat(nats.management().getConsumerInfo(topic, TestNats.group(topic) + '-' + partition).getDelivered()
                    .getConsumerSequence()).isPositive();
        }
    }

    @Test
    void whenInstancesJoinAndLeave_thenAllWorkAndEachKeyIsInOrderWithoutRepetition() throws Exception {
        List<TestIncoming.Running> instances = new ArrayList<>();
        List<AtomicInteger> handled = new ArrayList<>();
        int rounds = 0;
        for (int i = 0; i < 3; i++) {
            handled.add(new AtomicInteger());
            instances.add(instance(handled.getLast()));
            await().atMost(PATIENCE).until(instances.getLast()::isReady);
            nats.sendNumberedToPartitions(topic, KEYS, rounds, rounds + 20);
            rounds += 20;
        }
        for (AtomicInteger each : handled) {
            await().atMost(PATIENCE).until(() -> each.get() > 0);
        }
        while (!instances.isEmpty()) {
            nats.sendNumberedToPartitions(topic, KEYS, rounds, rounds + 20);
            rounds += 20;
            if (instances.size() > 1) {
                instances.removeFirst().close();
            } else {
                long all = (long) KEYS * rounds;
                await().atMost(PATIENCE).until(() -> journal.finished() == all);
                instances.removeFirst().close();
            }
        }

        journal.assertInOrder();
        assertThat(journal.starts).hasValue((long) KEYS * rounds);
    }

    @Test
    void whenAllInstancesStartAtOnce_thenNoneHandlesWhatAnotherDoes() throws Exception {
        int instances = 6;
        int rounds = 20;
        Queue<TestIncoming.Running> running = new ConcurrentLinkedQueue<>();
        List<Thread> starting = IntStream.range(0, instances)
                .mapToObj(i -> Thread.ofPlatform().start(() -> running.add(instance(new AtomicInteger())))).toList();
        awaitStream();
        nats.sendNumberedToPartitions(topic, KEYS, 0, rounds);
        for (Thread thread : starting) {
            thread.join();
        }
        await().atMost(PATIENCE).until(() -> running.stream().allMatch(TestIncoming.Running::isReady));
        nats.sendNumberedToPartitions(topic, KEYS, rounds, 2 * rounds);
        await().atMost(PATIENCE).until(() -> journal.finished() == 2L * KEYS * rounds);
        running.forEach(TestIncoming.Running::close);

        journal.assertInOrder();
        assertThat(journal.starts).hasValue(2L * KEYS * rounds);
    }

    /** What it gives away may have longer than the application has to stop. */
    @Test
    void whenAnInstanceStopsThatGivesPartitionsAway_thenTheHandlersOfTheseAreInterruptedInTimeToo() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger interrupted = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        GroupHistory history = new GroupHistory(nats, topic);
        try (var other = partitioned((record, delivery) -> {
            running.incrementAndGet();
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
            }
        }).revokeTimeout(Duration.ofMinutes(5)).start()) {
            other.awaitReady();
            nats.sendNumberedToPartitions(topic, KEYS, 0, 1);
            await().until(() -> running.get() == KEYS);
            String member = history.members().iterator().next();
            try (var next = instance(new AtomicInteger())) {
                await().atMost(PATIENCE).until(() -> !history.last().leaving(member).isEmpty());

                other.close(Duration.ofMillis(500));

                assertThat(interrupted).hasValue(KEYS);
            }
        }
    }

    /** What it cannot do at once holds up only who waits for that. */
    @Test
    void whenAnInstanceStopsAndOneOfItsTopicsIsNotDone_thenOthersHaveTheOtherTopicAtOnce() throws Exception {
        String another = TestNats.unique();
        GroupHistory history = new GroupHistory(nats, another);
        CountDownLatch held = new CountDownLatch(1);
        AtomicInteger waiting = new AtomicInteger();
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        var stops = new TestIncoming(nats, topic, (record, delivery) -> {
            waiting.incrementAndGet();
            held.await();
        }).topic(another).start();
        stops.awaitReady();
        nats.send(topic, "key", "0");
        await().until(() -> waiting.get() == 1);
        try (var stays = new TestIncoming(nats, topic, (record, delivery) -> handled.add(TestNats.text(record.payload())))
                .topic(another).start()) {
            await().until(() -> history.members().size() == 2);
            Thread stopping = Thread.ofPlatform().start(stops::close);

            await().until(() -> history.members().size() == 1);
            nats.send(another, "key", "of the other topic");
            await().until(() -> handled.contains("of the other topic"));

            assertThat(stopping.isAlive()).isTrue();
            held.countDown();
            stopping.join();
        }
    }

    @Test
    void whenTheGroupHasANameThatIsNoKey_thenItIsJoined() throws Exception {
        AtomicInteger handled = new AtomicInteger();
        try (var running = instanceOf("orders:v2 für alle", handled)) {
            running.awaitReady();
            nats.sendNumberedToPartitions(topic, KEYS, 0, 1);
            await().until(() -> handled.get() == KEYS);
        }
    }

    @Test
    void whenAnInstanceIsKilled_thenTheOthersTakeItsPartitionsInOrder() throws Exception {
        nats.management(); // the stream is made by whoever comes first
        Queue<Start> starts = new ConcurrentLinkedQueue<>();
        try (var killed = new MemberProcess(MemberMain.class, nats.url(), topic, 10, Integer.toString(PARTITIONS), "2")) {
            awaitStream();
            nats.sendNumberedToPartitions(topic, KEYS, 0, 20);
            await().atMost(PATIENCE).until(() -> killed.startCount() > 50);
            try (var survivor = new TestIncoming(nats, topic, (record, delivery) -> {
                starts.add(new Start(System.nanoTime(), TestNats.text(record.key()), TestNats.text(record.payload())));
                Thread.sleep(2);
            }).spec(TestNats.partitioned(topic, PARTITIONS)).start()) {
                await().atMost(PATIENCE).until(() -> !starts.isEmpty() || killed.startCount() == KEYS * 20);
                nats.sendNumberedToPartitions(topic, KEYS, 20, 40);
                killed.kill();
                List<Start> before = killed.starts();
                await().atMost(PATIENCE).until(() -> union(before, starts) == KEYS * 40);
                assertInOrder(before, starts);
            }
        }
    }

    private void awaitStream() {
        await().atMost(PATIENCE).ignoreExceptions()
                .until(() -> nats.management().getStreamInfo(TopicSpec.streamOf(topic)) != null);
    }

    private static long union(Iterable<Start> before, Iterable<Start> after) {
        var all = new HashSet<String>();
        before.forEach(start -> all.add(start.key() + '/' + start.payload()));
        after.forEach(start -> all.add(start.key() + '/' + start.payload()));
        return all.size();
    }

    /** Both have handled messages, so the starts of both together count, in the order of the machine's clock. */
    private static void assertInOrder(List<Start> before, Iterable<Start> after) {
        List<Start> all = new ArrayList<>(before);
        after.forEach(all::add);
        all.sort(Comparator.comparingLong(Start::nanoTime));
        var reached = new HashMap<String, Integer>();
        for (Start start : all) {
            int number = Integer.parseInt(start.payload());
            int last = reached.getOrDefault(start.key(), -1);
            assertThat(number).as("%s after %d", start.key(), last).isLessThanOrEqualTo(last + 1);
            reached.put(start.key(), Math.max(last, number));
        }
    }
}
