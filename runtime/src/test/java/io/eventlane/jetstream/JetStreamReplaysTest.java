package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.eventlane.EventlaneException;
import io.eventlane.Position;
import io.eventlane.brokers.FreePort;
import io.eventlane.channel.DeadLetterReplay;
import io.eventlane.channel.DeadLetterReplay.Sorter;
import io.eventlane.channel.DeadLetterReplay.Way;
import io.eventlane.jetstream.TopicSpec.Strategy;
import io.eventlane.spi.InboundRecord;
import io.eventlane.spi.Outbound;
import io.eventlane.spi.OutboundRecord;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;

/** Replays that others are in the way of: another replay, a slow server, an application that ends. */
@NeedsNats
@Timeout(60)
class JetStreamReplaysTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final BooleanSupplier GOES_ON = () -> false;

    private final TestNats nats = TestNats.shared();
    private final TestLink link = TestLink.open(ConnectionSettings.of("test", nats.url()));
    private final String topic = nats.topic();
    private final Replays replays = new Replays();
    private final CompletableFuture<Position> answer = new CompletableFuture<>();

    @BeforeEach
    void send() {
        link.awaitHeard("up");
        nats.sendNumbered(topic, 1, 0, 3);
    }

    @AfterEach
    void close() {
        link.close();
        nats.close();
    }

    private DeadLetterReplay replay(Link over, TopicSpec... specs) {
        TopicSpecs all = TopicSpecs.of(List.of(specs));
        return new JetStreamDeadLetterReplay(over, new Streams(over, all), SourceTopic.of(topic, all), "group", replays,
                to -> new Unanswered());
    }

    @Test
    void whenTwoChannelsReplayTheSameLettersAtOnce_thenOneWaitsForTheOther() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Letters first = new Letters(new Way.Pass(), gate);
        Letters second = new Letters(new Way.Pass(), new CountDownLatch(0));
        AtomicInteger asked = new AtomicInteger();
        Thread one = Thread.ofVirtual().start(() -> run(replay(link.link), first, GOES_ON));
        await().until(() -> first.sorted().size() == 1);
        Thread other = Thread.ofVirtual().start(() -> run(replay(link.link), second, () -> asked.incrementAndGet() < 0));
        await().until(() -> asked.get() > 0);

        gate.countDown();

        assertThat(one.join(SOON)).isTrue();
        assertThat(other.join(SOON)).isTrue();
        assertThat(first.sorted()).containsExactly("0", "1", "2");
        assertThat(second.sorted()).isEmpty();
    }

    @Test
    void whenTheApplicationStopsWhileOneWaitsForTheOther_thenItEnds() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Letters first = new Letters(new Way.Pass(), gate);
        Thread one = Thread.ofVirtual().start(() -> run(replay(link.link), first, GOES_ON));
        await().until(() -> first.sorted().size() == 1);

        assertThatThrownBy(() -> replay(link.link).run(new Letters(new Way.Pass(), gate), () -> true))
                .isInstanceOf(EventlaneException.class).hasMessageContaining("the application stops");
        gate.countDown();
        assertThat(one.join(SOON)).isTrue();
    }

    @Test
    void whenAnotherProcessHasJustMadeTheConsumerAnew_thenItGoesOnFromThere() throws Exception {
        run(replay(link.link), new Letters(new Way.Pass(), new CountDownLatch(0)), GOES_ON);
        nats.sendNumbered(topic, 1, 3, 4);
        Letters letters = new Letters(new Way.Pass(), new CountDownLatch(0));
        AtomicBoolean looked = new AtomicBoolean();

        replay(managed((real, method, arguments) -> {
            if (method.getName().equals("getConsumerInfo") && !looked.getAndSet(true)) {
                return method.invoke(real, TopicSpec.streamOf(topic), "not-there");
            }
            return method.invoke(real, arguments);
        })).run(letters, GOES_ON);

        assertThat(looked).isTrue();
        assertThat(letters.sorted()).containsExactly("3");
    }

    @Test
    void whenALetterComesAgain_thenItIsPassedOverAndTheLastOneIsNot() throws Exception {
        Letters letters = new Letters(new Way.Pass(), new CountDownLatch(0));
        List<Message> before = new ArrayList<>();

        replay(fetching((real, method, arguments) -> {
            if (!method.getName().equals("fetch")) {
                return method.invoke(real, arguments);
            }
            List<Message> some = new ArrayList<>(before);
            some.addAll(messages(method.invoke(real, 1, arguments[1])));
            before.clear();
            before.addAll(some);
            return some;
        })).run(letters, GOES_ON);

        assertThat(letters.sorted()).containsExactly("0", "1", "2");
    }

    @Test
    void whenTheApplicationWasNeverConnected_thenTheErrorSaysSo() {
        TopicSpec skipped = Specs.of(topic).strategy(Strategy.SKIP).spec();
        try (TestLink nowhere = TestLink.open(ConnectionSettings.of("test", "nats://127.0.0.1:" + FreePort.find()))) {
            assertThatThrownBy(
                    () -> replay(nowhere.link, skipped).run(new Letters(new Way.Pass(), new CountDownLatch(0)), GOES_ON))
                    .isInstanceOf(EventlaneException.class).hasMessageContainingAll(topic, "no connection to NATS");
        }
    }

    @Test
    void whenItIsInterruptedWhileALetterHasNoAnswer_thenItEndsSoon() throws Exception {
        Letters letters = new Letters(new Way.To("back", 0, List.of()), new CountDownLatch(0));
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread run = Thread.ofVirtual()
                .start(() -> thrown.complete(catchThrowable(() -> replay(link.link).run(letters, GOES_ON))));
        await().until(() -> answer.getNumberOfDependents() > 0);

        run.interrupt();

        assertThat(run.join(SOON)).isTrue();
        assertThat(thrown.join()).isInstanceOf(InterruptedException.class);
    }

    private static List<Message> messages(Object fetched) {
        return ((List<?>) fetched).stream().map(Message.class::cast).toList();
    }

    private static void run(DeadLetterReplay replay, Sorter sorter, BooleanSupplier stop) {
        try {
            replay.run(sorter, stop);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    // Letters

    private final class Letters implements Sorter {

        private final Way way;
        private final CountDownLatch gate;
        private final List<String> sorted = new ArrayList<>();

        Letters(Way way, CountDownLatch gate) {
            this.way = way;
            this.gate = gate;
        }

        synchronized List<String> sorted() {
            return List.copyOf(sorted);
        }

        private synchronized void add(InboundRecord letter) {
            sorted.add(TestNats.text(letter.payload()));
        }

        @Override
        public Way sort(InboundRecord letter) {
            add(letter);
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return way;
        }

        @Override
        public void sending(InboundRecord letter, Way going) {
        }

        @Override
        public void sent(InboundRecord letter, Way gone, @Nullable Position at) {
        }
    }

    private final class Unanswered implements Outbound {

        @Override
        public CompletableFuture<Position> send(OutboundRecord record) {
            return answer;
        }

        @Override
        public CompletableFuture<Position> trySend(OutboundRecord record) {
            return answer;
        }

        @Override
        public void close(Duration deadline) {
        }
    }

    // A client that does something else in between

    private interface Doing {

        Object with(Object real, Method method, Object[] arguments) throws Exception;
    }

    private static <T> T changed(Class<T> type, Object real, Doing doing) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
            try {
                return doing.with(real, method, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private Link managed(Doing doing) {
        return over("jetStreamManagement", JetStreamManagement.class, doing);
    }

    private Link fetching(Doing doing) {
        return over("jetStream", JetStream.class, (stream, method, arguments) -> {
            Object result = method.invoke(stream, arguments);
            return method.getName().equals("subscribe") ? changed(JetStreamSubscription.class, result, doing) : result;
        });
    }

    private <T> Link over(String name, Class<T> type, Doing doing) {
        Connection connection = changed(Connection.class, link.connection(), (real, method, arguments) -> {
            Object result = method.invoke(real, arguments);
            return method.getName().equals(name) ? changed(type, result, doing) : result;
        });
        return new Link() {

            @Override
            public Connection connection() {
                return connection;
            }

            @Override
            public void listen(Listener listener) {
                link.link.listen(listener);
            }

            @Override
            public LinkStatus status() {
                return link.link.status();
            }
        };
    }
}
