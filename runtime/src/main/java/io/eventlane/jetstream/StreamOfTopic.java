package io.eventlane.jetstream;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;

/** Has {@link Streams} see to a topic's stream, and asks the stream how long it knows ids. */
final class StreamOfTopic implements TopicStream {

    /** What a server gives to a stream that nobody configures it for. */
    private static final Duration USUAL_WINDOW = Duration.ofMinutes(2);

    private final Link link;
    private final Streams streams;
    private final TopicSpec spec;

    StreamOfTopic(Link link, Streams streams, TopicSpec spec) {
        this.link = link;
        this.streams = streams;
        this.spec = spec;
    }

    @Override
    public CompletionStage<Window> ensure() {
        return streams.ensure(spec.topic()).thenCompose(ensured -> askForWindow()).thenApply(this::windowOf);
    }

    @Override
    public void forget() {
        streams.forget(spec.topic());
    }

    private CompletionStage<@Nullable Message> askForWindow() {
        Connection connection = link.connection();
        if (connection == null) {
            return CompletableFuture.completedStage(null);
        }
        String subject = link.jetStream().getPrefix() + "STREAM.INFO." + spec.stream();
        try {
            return connection.requestWithTimeout(subject, null, link.jetStream().getRequestTimeout())
                    // An application may not be allowed to ask.
                    .exceptionally(noAnswer -> null);
        } catch (IllegalStateException notConnected) {
            return CompletableFuture.completedStage(null);
        }
    }

    private Window windowOf(@Nullable Message answer) {
        Duration told = answer == null || answer.getData() == null ? null : told(answer.getData());
        return told == null ? new Window(assumed(), true) : new Window(told, false);
    }

    /** A stream knows no id for longer than it keeps events. */
    private Duration assumed() {
        StreamSettings settings = spec.settings();
        Duration window = Objects.requireNonNullElse(settings.duplicateWindow(), USUAL_WINDOW);
        Duration retention = settings.retention();
        return retention == null || retention.isZero() || retention.compareTo(window) > 0 ? window : retention;
    }

    private static @Nullable Duration told(byte[] answer) {
        try {
            JsonValue configuration = JsonValueUtils.readValue(JsonParser.parse(answer), "config");
            return configuration == null ? null : JsonValueUtils.readNanos(configuration, "duplicate_window");
        } catch (JsonParseException e) {
            return null;
        }
    }
}
