package io.eventlane.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

import io.eventlane.EventlaneException;
import io.eventlane.Position;
import io.eventlane.brokers.NatsServer;
import io.eventlane.channel.DeadLetterReplay;
import io.eventlane.channel.DeadLetterReplay.Sorter;
import io.eventlane.channel.DeadLetterReplay.Way;
import io.eventlane.jetstream.JetStreamConnector.Definition;
import io.eventlane.jetstream.StreamSettings;
import io.eventlane.jetstream.TopicSpec;
import io.eventlane.jetstream.TopicSpec.OnMismatch;
import io.eventlane.jetstream.TopicSpec.Persistence;
import io.eventlane.jetstream.TopicSpec.Strategy;
import io.eventlane.jetstream.TopicSpecs;
import io.eventlane.runtime.config.IncomingSettings;
import io.eventlane.runtime.config.Settings;
import io.eventlane.spi.InboundRecord;
import io.eventlane.spi.OutboundRecord;
import io.nats.client.Connection;
import io.nats.client.Nats;

/** A replay whose letter is on its way, and gets no answer, when the application closes. */
@EnabledIf(value = "io.eventlane.brokers.NatsServers#found", disabledReason = "no nats-server: run brokers/nats-servers")
@Timeout(60)
class ReplayAtCloseTest {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String BACK = "replayed-at-close";
    private static final String LETTERS = BACK + "-letters";

    private final NatsServer server = NatsServer.shared();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Settings settings = TestSettings
            .of(Map.of("quarkus.eventlane.incoming.orders.dead-letter-queue.topic", LETTERS,
                    "quarkus.eventlane.jetstream.servers", server.url()));

    @Test
    void whenTheApplicationCloses_thenTheReplayEndsAndSaysWhy() throws Exception {
        JetStreamChannels channels = new JetStreamChannels(
                () -> new Definition(settings.connection("shop", TestSettings.NO_TLS), TopicSpecs.of(List.of(unanswered())),
                        timer));
        IncomingSettings orders = settings.incoming(List.of("orders"), List.of()).getFirst();
        try (Connection nats = Nats.connect(server.url())) {
            channels.openFailureTopic(orders, LETTERS).send(new OutboundRecord("1", null, new byte[0], List.of()))
                    .toCompletableFuture().join();
            LinkedBlockingQueue<String> arrived = new LinkedBlockingQueue<>();
            // It listens, so that the server does not say that nobody does.
            nats.createDispatcher(message -> arrived.add(message.getSubject())).subscribe(BACK);
            nats.flush(SOON);
            DeadLetterReplay replay = channels.replay(orders);
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread run = Thread.ofVirtual()
                    .start(() -> thrown.complete(catchThrowable(() -> replay.run(new Back(), () -> false))));
            assertThat(arrived.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo(BACK);

            channels.closeFailureTopics(Duration.ZERO);
            channels.close();
            timer.shutdownNow();

            assertThat(run.join(SOON)).isTrue();
            assertThat(thrown.join()).isInstanceOf(EventlaneException.class).hasMessageContaining("channel was closed");
        }
    }

    private static TopicSpec unanswered() {
        return new TopicSpec(BACK, Persistence.AUTO, BACK, 1, Strategy.SKIP, OnMismatch.WARN, StreamSettings.NONE);
    }

    private static final class Back implements Sorter {

        @Override
        public Way sort(InboundRecord letter) {
            return new Way.To(BACK, 0, List.of());
        }

        @Override
        public void sending(InboundRecord letter, Way way) {
        }

        @Override
        public void sent(InboundRecord letter, Way way, @Nullable Position at) {
        }
    }
}
