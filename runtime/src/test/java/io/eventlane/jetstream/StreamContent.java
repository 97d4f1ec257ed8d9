package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.nats.client.Connection;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StreamState;

/** Everything that a stream has, in its order. */
record StreamContent(List<Message> messages) {

    private static final int BATCH = 500;
    private static final Duration CATCH_UP = Duration.ofSeconds(30);

    /**
     * Reads the stream over a connection of its own; again, for a while, where that is less than the leader says there is: it
     * may have been read from a replica that has to catch up.
     */
    static StreamContent of(String servers, String stream) {
        Options options = new Options.Builder().servers(servers.split(",")).connectionTimeout(Duration.ofSeconds(10))
                .build();
        try (Connection connection = Nats.connect(options)) {
            long end = System.nanoTime() + CATCH_UP.toNanos();
            while (true) {
                StreamState state = connection.jetStreamManagement().getStreamInfo(stream).getStreamState();
                StreamContent content = new StreamContent(read(connection, stream, state.getLastSequence()));
                if (content.size() >= state.getMsgCount() || System.nanoTime() - end > 0) {
                    return content;
                }
                System.out.printf("%s: %d events read of %d%n", stream, content.size(), state.getMsgCount());
            }
        } catch (Exception e) {
            throw new IllegalStateException("Could not read stream " + stream, e);
        }
    }

    private static List<Message> read(Connection connection, String stream, long last) throws Exception {
        ConsumerConfiguration consumer = ConsumerConfiguration.builder().ackPolicy(AckPolicy.None)
                .inactiveThreshold(Duration.ofMinutes(1)).numReplicas(1).memStorage(true).build();
        JetStreamSubscription subscription = connection.jetStream().subscribe(null,
                PullSubscribeOptions.builder().stream(stream).configuration(consumer).build());
        List<Message> all = new ArrayList<>();
        long read = 0;
        while (read < last) {
            // No more than there are: it would be waited for.
            all.addAll(subscription.fetch((int) Math.min(BATCH, last - read), Duration.ofSeconds(5)));
            read = all.isEmpty() ? 0 : all.getLast().metaData().streamSequence();
        }
        return all;
    }

    int size() {
        return messages.size();
    }

    List<String> payloads() {
        return messages.stream().map(message -> new String(message.getData(), UTF_8)).toList();
    }

    /** Payloads by sequence. */
    Map<Long, String> bySequence() {
        Map<Long, String> all = new TreeMap<>();
        messages.forEach(message -> all.put(message.metaData().streamSequence(), new String(message.getData(), UTF_8)));
        return all;
    }

    /** Payloads by key, in the order of the stream. */
    Map<String, List<String>> byKey() {
        Map<String, List<String>> all = new HashMap<>();
        for (Message message : messages) {
            byte[] key = Arriving.headers(message.getHeaders()).key();
            all.computeIfAbsent(key == null ? "" : new String(key, UTF_8), each -> new ArrayList<>())
                    .add(new String(message.getData(), UTF_8));
        }
        return all;
    }
}
