package io.eventlane.brokers;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;

/** Clients of these tests, and what they write and read. */
final class NatsClients {

    /** The client's own one logs every loss of a connection, which these tests are about. */
    private static final ErrorListener SILENT = new ErrorListener() {
    };

    private NatsClients() {
    }

    /** Skips the test where the line is missing, and fails it in CI. */
    static void assumeHere(NatsLine line) {
        assumeThat(NatsServers.has(line)).as("nats-server %s is here, which brokers/nats-servers fetches", line).isTrue();
    }

    static Connection connect(String servers) throws IOException, InterruptedException {
        return connect(servers, options -> options);
    }

    /** @param settings further ones */
    static Connection connect(String servers, UnaryOperator<Options.Builder> settings)
            throws IOException, InterruptedException {
        Options.Builder options = new Options.Builder().server(servers)
                .maxReconnects(-1).reconnectWait(Duration.ofMillis(20)).errorListener(SILENT);
        return Nats.connect(settings.apply(options).build());
    }

    /** A stream of the subject of its own name. */
    static void createStream(Connection client, String name, int replicas) throws Exception {
        client.jetStreamManagement().addStream(StreamConfiguration.builder().name(name).subjects(name)
                .storageType(StorageType.File).replicas(replicas).build());
    }

    /** What is in a stream. */
    static List<String> read(Connection client, String stream) throws Exception {
        long last = client.jetStreamManagement().getStreamInfo(stream).getStreamState().getLastSequence();
        List<String> texts = new ArrayList<>();
        for (long sequence = 1; sequence <= last; sequence++) {
            texts.add(new String(client.jetStreamManagement().getMessage(stream, sequence).getData()));
        }
        return texts;
    }
}
