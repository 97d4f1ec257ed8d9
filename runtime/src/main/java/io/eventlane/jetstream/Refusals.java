package io.eventlane.jetstream;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.nats.client.Connection;

/**
 * Remembers what the application was not allowed to ask of streams. The server says so beside the request, which it does not
 * answer.
 */
final class Refusals implements Link.Listener {

    private static final Pattern OF_STREAM = Pattern.compile("\\.STREAM\\.[A-Z]+\\.([^\".]+)\"");
    private static final String SUBSCRIPTION = "subscription to \"";

    private final Map<String, String> byStream = new ConcurrentHashMap<>();
    private volatile @Nullable String inbox;
    private volatile String inboxPrefix = "_INBOX.";

    @Override
    public void up(Connection connection) {
        inboxPrefix = connection.getOptions().getInboxPrefix();
    }

    /** With the next connection, permissions may be others. */
    @Override
    public void down() {
        byStream.clear();
        inbox = null;
    }

    @Override
    public void refused(String error) {
        Matcher stream = OF_STREAM.matcher(error);
        if (stream.find()) {
            byStream.put(stream.group(1), error);
        } else if (error.toLowerCase(Locale.ROOT).contains(SUBSCRIPTION) && error.contains('"' + inboxPrefix)) {
            inbox = error;
        }
    }

    /** Why nothing is answered about a stream; {@code null} when that is not it. */
    @Nullable
    String of(String stream) {
        return byStream.get(stream);
    }

    /** Why nothing is answered at all; {@code null} when that is not it. */
    @Nullable
    String ofInbox() {
        return inbox;
    }

    /** To be called before a stream is asked about. */
    void forget(String stream) {
        byStream.remove(stream);
    }
}
