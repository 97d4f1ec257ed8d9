package io.eventlane.brokers;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Waits until a stream can have a replica on each node of a cluster. For a moment after the start its leader refuses nodes
 * that have not told it yet how much they hold, which no server shows; so a stream is made, and deleted again. Servers that
 * want credentials or TLS cannot be asked, and are not waited for.
 */
final class NatsPlacement {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int MOST_REPLICAS = 5;
    private static final String STREAM = "eventlane-placement";

    /** No suitable peers for placement; JetStream system temporarily unavailable; insufficient resources. */
    private static final Pattern NOT_YET = Pattern.compile("\"err_code\":\\s*(10005|10008|10023)\\b");

    private final int port;
    private final String stream;
    private String answer = "";

    private NatsPlacement(int port, int replicas) {
        this.port = port;
        this.stream = "{\"name\":\"" + STREAM + "\",\"subjects\":[\"" + STREAM + "\"],\"storage\":\"memory\",\"num_replicas\":"
                + replicas + "}";
    }

    /** @throws IllegalStateException when the cluster refuses for a minute; the message ends with its answer */
    static void await(List<NatsServer> nodes) {
        var placement = new NatsPlacement(nodes.getFirst().port(), Math.min(nodes.size(), MOST_REPLICAS));
        if (!Polling.until(() -> placement.settles("CREATE", placement.stream) && placement.settles("DELETE", ""), TIMEOUT)) {
            throw new IllegalStateException("No stream could be placed on all nodes of the cluster: " + placement.answer);
        }
    }

    private boolean settles(String verb, String body) {
        try {
            answer = NatsApi.request(port, "$JS.API.STREAM." + verb + "." + STREAM, body);
            return !NOT_YET.matcher(answer).find();
        } catch (IOException e) {
            answer = e.toString();
            return false;
        }
    }
}
