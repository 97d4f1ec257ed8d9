package io.eventlane.jetstream;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import io.eventlane.brokers.NatsServer;

/** What a server tells of itself. */
final class Monitoring {

    private Monitoring() {
    }

    /** @param page such as {@code connz} */
    static String of(NatsServer server, String page) throws IOException {
        try (InputStream in = URI.create(server.monitoringUrl() + "/" + page).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
