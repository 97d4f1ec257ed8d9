package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;

import io.eventlane.EventHeaders;
import io.eventlane.brokers.NatsServer;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;

/** What the tests do at a server beside the connector: streams, messages, and how consumers are doing. */
final class TestNats implements AutoCloseable {

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final int WINDOW = 500;

    static {
        // For a machine that has much else to do.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
    }

    private final String url;
    final Connection connection;

    TestNats(String url) {
        this.url = url;
        try {
            connection = Nats.connect(Options.builder().server(url).maxReconnects(-1).reconnectWait(Duration.ofMillis(100))
                    .reconnectBufferSize(0).build());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static TestNats shared() {
        return new TestNats(NatsServer.shared().url());
    }

    String url() {
        return url;
    }

    /** A name that no other test has, nor one of an earlier run of this JVM. */
    static String unique() {
        return "orders-" + NAMES.incrementAndGet() + '-' + Long.toString(System.nanoTime(), 36);
    }

    /** A new topic with its stream. */
    String topic() {
        String topic = unique();
        createStream(topic);
        return topic;
    }

    void createStream(String topic) {
        try {
            management().addStream(StreamConfiguration.builder().name(TopicSpec.streamOf(topic))
                    .subjects(topic, topic + ".>").storageType(StorageType.File).build());
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException(e);
        }
    }

    static TopicSpec partitioned(String topic, int partitions) {
        TopicSpec plain = TopicSpec.of(topic);
        return new TopicSpec(topic, plain.persistence(), plain.stream(), partitions, plain.strategy(), plain.onMismatch(),
                plain.settings());
    }

    JetStreamManagement management() {
        try {
            return connection.jetStreamManagement();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    ConsumerInfo consumer(String topic) throws IOException, JetStreamApiException {
        return management().getConsumerInfo(TopicSpec.streamOf(topic), group(topic));
    }

    static String group(String topic) {
        return topic + "-group";
    }

    /**
     * Sends {@code to - from} messages of each key, the keys taking turns; the payload is the message's number within its
     * key.
     */
    void sendNumbered(String topic, int keys, int from, int to) {
        List<CompletableFuture<PublishAck>> window = new ArrayList<>();
        try {
            JetStream stream = connection.jetStream();
            for (int i = from; i < to; i++) {
                for (int key = 0; key < keys; key++) {
                    window.add(stream.publishAsync(message(topic, "key-" + key, Integer.toString(i))));
                    if (window.size() == WINDOW) {
                        window.forEach(CompletableFuture::join);
                        window.clear();
                    }
                }
            }
            window.forEach(CompletableFuture::join);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void send(String topic, String key, String payload) {
        try {
            connection.jetStream().publish(message(topic, key, payload));
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A message for each key, one after the other, to where a partitioned topic takes them. */
    void sendNumberedToPartitions(String topic, int keys, int from, int to) {
        try {
            JetStream stream = connection.jetStream();
            List<CompletableFuture<PublishAck>> window = new ArrayList<>();
            for (int i = from; i < to; i++) {
                for (int key = 0; key < keys; key++) {
                    window.add(stream.publishAsync(
                            NatsMessage.builder().subject(topic + ".key-" + key).headers(new Headers()
                                    .add(EventHeaders.AGGREGATE_ID, "key-" + key)).data(Integer.toString(i)).build()));
                }
                window.forEach(CompletableFuture::join);
                window.clear();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Sends what of a round is not in the stream, once the server is there again: one message of each key with the round's
     * number, under an id by which the server drops a second one.
     *
     * @return the next round
     */
    int completeRound(String topic, int keys, int round) {
        for (int key = 0; key < keys; key++) {
            String id = topic + "/key-" + key + '/' + round;
            NatsMessage message = NatsMessage.builder().subject(topic)
                    .headers(new Headers().add(EventHeaders.AGGREGATE_ID, "key-" + key).add("Nats-Msg-Id", id))
                    .data(Integer.toString(round)).build();
            Awaitility.await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(
                    () -> connection.jetStream().publish(message) != null);
        }
        return round + 1;
    }

    private static NatsMessage message(String topic, String key, String payload) {
        return NatsMessage.builder().subject(topic)
                .headers(
                        new Headers().add(EventHeaders.AGGREGATE_ID, key).add("Nats-Msg-Id", topic + '/' + key + '/' + payload))
                .data(payload.getBytes(UTF_8)).build();
    }

    static String text(byte[] bytes) {
        return new String(Objects.requireNonNull(bytes), UTF_8);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
