package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.eventlane.EventlaneException;
import io.eventlane.Position;
import io.eventlane.channel.DeadLetterReplay.Sorter;
import io.eventlane.channel.DeadLetterReplay.Way;
import io.eventlane.spi.InboundRecord;
import io.nats.client.JetStreamApiException;

/** A replay whose last letter never comes, since somebody has removed it. */
@NeedsNats
class JetStreamReplayTest {

    private static final int FETCHED_AT_ONCE = 500;
    private static final Duration SOON = Duration.ofSeconds(10);

    private final TestNats nats = TestNats.shared();
    private final TestLink link = TestLink.open(ConnectionSettings.of("test", nats.url()));
    private final String topic = nats.topic();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger sorted = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    private final Thread run = Thread.ofVirtual().unstarted(this::replay);

    @BeforeEach
    void awaitTheLetterThatDoesNotCome() throws Exception {
        link.awaitHeard("up");
        nats.sendNumbered(topic, FETCHED_AT_ONCE + 1, 0, 1);
        run.start();
        await().until(() -> sorted.get() == FETCHED_AT_ONCE);
        await().until(() -> nats.management().getConsumerInfo(TopicSpec.streamOf(topic), "group-replay").getNumWaiting() > 0);
    }

    @AfterEach
    void close() {
        link.close();
        nats.close();
    }

    @Test
    void whenTheApplicationStops_thenTheReplayEndsSoon() throws Exception {
        stop.set(true);

        assertThat(run.join(SOON)).isTrue();
        assertThat(thrown.get()).isInstanceOf(EventlaneException.class).hasMessageContaining("the application stops");
    }

    @Test
    void whenItIsInterrupted_thenTheReplayEndsSoon() throws Exception {
        run.interrupt();

        assertThat(run.join(SOON)).isTrue();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }

    private void replay() {
        TopicSpecs specs = TopicSpecs.of(List.of());
        try {
            new JetStreamDeadLetterReplay(link.link, new Streams(link.link, specs), SourceTopic.of(topic, specs), "group",
                    new Replays(),
                    to -> {
                        throw new AssertionError(to);
                    }).run(new PassingOver(), stop::get);
        } catch (Throwable e) {
            thrown.set(e);
        }
    }

    private final class PassingOver implements Sorter {

        @Override
        public Way sort(InboundRecord letter) {
            if (sorted.get() == 0) {
                try {
                    nats.management().purgeStream(TopicSpec.streamOf(topic));
                } catch (IOException | JetStreamApiException e) {
                    throw new AssertionError(e);
                }
            }
            sorted.incrementAndGet();
            return new Way.Pass();
        }

        @Override
        public void sending(InboundRecord letter, Way way) {
            throw new AssertionError(letter);
        }

        @Override
        public void sent(InboundRecord letter, Way way, @Nullable Position at) {
            throw new AssertionError(letter);
        }
    }
}
