package io.eventlane.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.eventlane.PublishException.Reason;
import io.eventlane.brokers.FreePort;
import io.eventlane.jetstream.JetStreamConnector.Definition;
import io.eventlane.jetstream.TopicSpecs;
import io.eventlane.runtime.config.IncomingSettings;
import io.eventlane.runtime.config.Settings;
import io.eventlane.spi.Outbound;
import io.eventlane.spi.OutboundException;
import io.eventlane.spi.OutboundRecord;

/** Topics for failed events take 10,000 that nobody has acknowledged. No property changes that, and none must be named. */
@Timeout(60)
class FailureTopicBoundTest {

    private static final int MOST = 10_000;
    private static final int NOBODY = FreePort.find();

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Settings settings = TestSettings
            .of(Map.of("quarkus.eventlane.incoming.orders.dead-letter-queue.topic", "dead",
                    "quarkus.eventlane.jetstream.servers", "nats://127.0.0.1:" + NOBODY));

    @AfterEach
    void end() {
        timer.shutdownNow();
    }

    @Test
    void whenTheBoundIsReachedInMemory_thenTheErrorNamesNoProperty() {
        MemoryChannels channels = new MemoryChannels(timer);
        // The topic is kept for a replay, without a bound until the channels start.
        channels.replay(orders());
        channels.startIncoming();
        assertNoPropertyIsNamed(channels);
    }

    @Test
    void whenTheBoundIsReachedOnKafka_thenTheErrorNamesNoProperty() {
        assertNoPropertyIsNamed(new KafkaChannels(Map.of("bootstrap.servers", "127.0.0.1:" + NOBODY), timer));
    }

    @Test
    void whenTheBoundIsReachedOnJetStream_thenTheErrorNamesNoProperty() {
        assertNoPropertyIsNamed(new JetStreamChannels(
                () -> new Definition(settings.connection("shop", TestSettings.NO_TLS), TopicSpecs.of(List.of()), timer)));
    }

    private void assertNoPropertyIsNamed(ConnectorChannels channels) {
        Outbound letters = channels.openFailureTopic(orders(), "dead");
        try {
            OutboundRecord letter = new OutboundRecord("1", null, new byte[0], List.of());
            for (int i = 0; i < MOST; i++) {
                letters.trySend(letter);
            }
            Throwable failure = catchThrowable(() -> letters.trySend(letter).toCompletableFuture().join());

            assertThat(failure).cause().asInstanceOf(InstanceOfAssertFactories.throwable(OutboundException.class))
                    .returns(Reason.BACK_PRESSURE, OutboundException::reason)
                    .hasMessageContaining("10000 events").message().doesNotContain("max-inflight-messages");
        } finally {
            channels.closeFailureTopics(Duration.ZERO);
            channels.close();
        }
    }

    private IncomingSettings orders() {
        return settings.incoming(List.of("orders"), List.of()).getFirst();
    }
}
