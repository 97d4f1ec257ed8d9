package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.eventlane.brokers.NatsServer;
import io.eventlane.jetstream.TopicSpec.Strategy;
import io.eventlane.jetstream.TopicStream.Window;
import io.nats.client.api.StreamConfiguration;

/** How long a stream knows ids, and what is taken for that while it has not said so. */
@NeedsNats
@Timeout(60)
class StreamOfTopicTest {

    private static final Duration UNASKED = Duration.ofMinutes(2);

    private final String topic = TestNats.unique();
    private final Specs specs = Specs.of(topic).strategy(Strategy.SKIP);

    @Test
    void whenTheStreamSaysHowLong_thenThatCounts() throws Exception {
        try (TestLink link = TestLink.to(NatsServer.shared())) {
            link.management().addStream(StreamConfiguration.builder().name(topic).subjects(topic)
                    .duplicateWindow(Duration.ofSeconds(10)).build());

            assertThat(windowOf(link, specs.duplicateWindow(Duration.ofMinutes(3))))
                    .isEqualTo(new Window(Duration.ofSeconds(10), false));
        }
    }

    @Test
    void whenNobodyAnswers_thenItIsAssumedAndNoLongerThanTheRetention() {
        try (TestLink link = TestLink.to(NatsServer.shared())) {
            assertThat(windowOf(link, specs)).isEqualTo(new Window(UNASKED, true));
            assertThat(windowOf(link, specs.retention(Duration.ZERO))).isEqualTo(new Window(UNASKED, true));
            assertThat(windowOf(link, specs.retention(Duration.ofHours(1)))).isEqualTo(new Window(UNASKED, true));
            assertThat(windowOf(link, specs.retention(Duration.ofSeconds(30))))
                    .isEqualTo(new Window(Duration.ofSeconds(30), true));
        }
    }

    @Test
    void whenItIsOnlyAssumed_thenTheStreamIsAskedAgainAtTheNextTrouble() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        Asked asked = new Asked();
        try (TestLink link = TestLink.to(NatsServer.shared())) {
            JetStreamOutbound channel = JetStreamOutbound.open(Channels.to(topic).settings(), AckInbox.of(link.link), asked,
                    timer);
            await().until(() -> asked.times.get() == 1);

            await().until(() -> {
                channel.sender().trouble();
                return asked.times.get() == 2;
            });
            assertThat(asked.forgotten.get()).as("It is there").isEqualTo(1);
            channel.close(Duration.ZERO);
        } finally {
            timer.shutdownNow();
        }
    }

    private static Window windowOf(TestLink link, Specs specs) {
        return new StreamOfTopic(link.link, link.streams(specs.spec()), specs.spec()).ensure().toCompletableFuture().join();
    }

    /** A stream that does not answer at first. */
    private static final class Asked implements TopicStream {

        private final AtomicInteger times = new AtomicInteger();
        private final AtomicInteger forgotten = new AtomicInteger();

        @Override
        public CompletionStage<Window> ensure() {
            return CompletableFuture.completedStage(new Window(UNASKED, times.incrementAndGet() == 1));
        }

        @Override
        public void forget() {
            forgotten.incrementAndGet();
        }
    }
}
