package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.eventlane.brokers.NatsServer;
import io.eventlane.brokers.TcpProxy;
import io.eventlane.channel.OrderJournal;
import io.eventlane.engine.RetryPolicy;

/** Instances that share a topic, and are cut off from the server for longer than their sessions last, one of them or all. */
@NeedsNats
@Tag("wide")
@Timeout(180)
class GroupOutageTest {

    private static final int KEYS = 40;
    private static final int PARTITIONS = 6;
    private static final int INSTANCES = 3;
    private static final int MOST_BEHIND = 40;
    private static final Duration SESSION = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Within which all is shared again: what is left of a time-out, and as much for the partitions to move. */
    private static final Duration BOUND = SESSION.multipliedBy(5);

    private final NatsServer server = NatsServer.shared();
    private final TestNats nats = TestNats.shared();
    private final String topic = TestNats.unique();
    private final GroupHistory history = new GroupHistory(nats, topic);
    private final OrderJournal journal = new OrderJournal();
    private final List<Instance> instances = new ArrayList<>();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicInteger rounds = new AtomicInteger();
    private volatile Duration work = Duration.ofMillis(2);
    /** Where handlers wait that are running. */
    private volatile CountDownLatch held = new CountDownLatch(0);
    private Thread publisher;

    /** An instance whose way to the server can be blocked. */
    private final class Instance implements AutoCloseable {

        private final TcpProxy proxy = TcpProxy.to(server.port());
        private final AtomicInteger starts = new AtomicInteger();
        private final AtomicInteger running = new AtomicInteger();
        private final TestIncoming.Running channel;
        private volatile String member = "?";

        private Instance() {
            channel = new TestIncoming("nats://" + proxy.address(), topic, journal.handler((record, delivery) -> {
                history.started(TestNats.text(record.key()), member);
                starts.incrementAndGet();
                running.incrementAndGet();
                Thread.sleep(work);
                held.await();
                running.decrementAndGet();
            })).spec(TestNats.partitioned(topic, PARTITIONS)).sessionTimeout(SESSION).connection(settings -> Links
                    .withReconnect(settings, new RetryPolicy(Duration.ofMillis(100), Duration.ofMillis(200), 0))).start();
        }

        void cut() {
            proxy.refuse();
            proxy.cut();
        }

        void awaitMore(int messages) {
            int before = starts.get();
            await().atMost(PATIENCE).until(() -> starts.get() >= before + messages);
        }

        @Override
        public void close() {
            proxy.resume();
            channel.close();
            proxy.close();
        }
    }

    @BeforeEach
    void start() {
        for (int i = 1; i <= INSTANCES; i++) {
            Set<String> before = new HashSet<>(history.members());
            Instance instance = new Instance();
            instances.add(instance);
            await().atMost(PATIENCE).until(() -> history.members().size() > before.size());
            Set<String> now = new HashSet<>(history.members());
            now.removeAll(before);
            instance.member = now.iterator().next();
            int members = i;
            await().atMost(PATIENCE).until(() -> history.isShared(members, PARTITIONS));
        }
        publisher = Thread.ofVirtual().start(this::publish);
        instances.forEach(instance -> instance.awaitMore(KEYS));
    }

    @AfterEach
    void close() throws Exception {
        ending.set(true);
        publisher.join();
        held.countDown();
        instances.forEach(Instance::close);
        nats.close();
    }

    private void publish() {
        while (!ending.get()) {
            int round = rounds.get();
            if (journal.finished() >= (long) KEYS * (round - MOST_BEHIND)) {
                nats.sendNumberedToPartitions(topic, KEYS, round, round + 1);
                rounds.incrementAndGet();
            }
            Thread.yield();
        }
    }

    @Test
    void whenOneIsCutOffForLong_thenTheOthersTakeItsPartitionsAndGiveThemBack() throws Exception {
        oneIsAway(Instance::cut, instance -> instance.proxy.accept());
    }

    @Test
    void whenNothingGetsThroughToOneForLong_thenTheOthersTakeItsPartitionsAndGiveThemBack() throws Exception {
        oneIsAway(instance -> instance.proxy.stall(), instance -> instance.proxy.resume());
    }

    private void oneIsAway(Consumer<Instance> goes, Consumer<Instance> comesBack) throws Exception {
        Instance away = instances.getFirst();
        awaitMuchToDo();
        goes.accept(away);
        await().atMost(BOUND).until(() -> history.isShared(INSTANCES - 1, PARTITIONS));
        instances.subList(1, INSTANCES).forEach(instance -> instance.awaitMore(10 * KEYS));

        comesBack.accept(away);
        await().atMost(BOUND).until(() -> history.isShared(INSTANCES, PARTITIONS));
        away.awaitMore(KEYS);

        assertThatNothingIsLostOrOutOfOrder();
    }

    /** So much that an instance would start handlers for longer than its session lasts. */
    private void awaitMuchToDo() {
        work = SESSION.dividedBy(MOST_BEHIND / 2);
        await().atMost(PATIENCE).until(() -> (long) KEYS * rounds.get() - journal.finished() > KEYS * (MOST_BEHIND - 2));
    }

    @Test
    void whenAllAreCutOffForLong_thenEachKeepsItsPartitionsAndNothingIsRepeated() throws Exception {
        Group before = history.last();
        held = new CountDownLatch(1);
        for (Instance instance : instances) {
            await().atMost(PATIENCE).until(() -> instance.running.get() > 0);
        }
        instances.forEach(Instance::cut);
        int values = history.size();
        await().atMost(PATIENCE).until(() -> history.nanosSinceLast() > 2 * SESSION.toNanos());

        for (Instance instance : instances) {
            int known = history.size();
            instance.proxy.accept();
            await().atMost(BOUND).until(() -> history.size() > known + 1);
        }
        held.countDown();
        instances.forEach(instance -> instance.awaitMore(10 * KEYS));

        assertThat(history.from(values)).isNotEmpty()
                .allSatisfy(group -> assertThat(group.partitions()).isEqualTo(before.partitions()));
        assertThatNothingIsLostOrOutOfOrder();
        assertThat(journal.starts).hasValue((long) KEYS * rounds.get());
    }

    private void assertThatNothingIsLostOrOutOfOrder() throws Exception {
        ending.set(true);
        publisher.join();
        long all = (long) KEYS * rounds.get();
        await().atMost(PATIENCE).until(() -> journal.finished() == all);
        journal.assertInOrder();
        assertThat(history.startsByOthers()).isEmpty();
    }
}
