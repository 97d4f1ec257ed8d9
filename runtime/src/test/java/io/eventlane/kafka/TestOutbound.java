package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import io.eventlane.Position;
import io.eventlane.spi.Outbound;
import io.eventlane.spi.OutboundException;
import io.eventlane.spi.OutboundRecord;

/** A connector with one outgoing channel. */
final class TestOutbound implements AutoCloseable {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final KafkaConnector connector;
    final Outbound channel;

    TestOutbound(String servers, String topic, int maxInflight, String... attributes) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            map.put(attributes[i], attributes[i + 1]);
        }
        connector = KafkaConnector.open(new KafkaConnector.Definition(Map.of("bootstrap.servers", servers), List.of(),
                List.of(new KafkaOutgoing("out", topic, "quarkus.eventlane.outgoing.out.", map, maxInflight,
                        "quarkus.eventlane.outgoing.out.max-inflight-messages", true)),
                Set.of(),
                Set.of(), timer));
        channel = connector.outbound("out");
    }

    CompletionStage<Position> send(String key, String payload) {
        return channel.send(record(key, payload));
    }

    CompletionStage<Position> trySend(String key, String payload) {
        return channel.trySend(record(key, payload));
    }

    void close(Duration deadline) {
        connector.closeOutgoing(deadline);
        timer.shutdownNow();
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(30));
    }

    static Position join(CompletionStage<Position> stage) {
        return stage.toCompletableFuture().join();
    }

    static OutboundException failureOf(CompletionStage<Position> stage) {
        Throwable thrown = catchThrowable(() -> join(stage));
        assertThat(thrown).isInstanceOf(CompletionException.class).hasCauseInstanceOf(OutboundException.class);
        return (OutboundException) thrown.getCause();
    }

    private static OutboundRecord record(String key, String payload) {
        return new OutboundRecord("id", KafkaTestBroker.bytes(key), KafkaTestBroker.bytes(payload),
                List.of(Map.entry("X-Event-ID", KafkaTestBroker.bytes("id"))));
    }
}
