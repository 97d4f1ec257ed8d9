package io.eventlane.runtime.failure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.eventlane.EventHeaders;
import io.eventlane.spi.InboundRecord;

/** The headers of an event that goes to another topic because it failed: its own, and behind them what happened to it. */
final class DeadLetterHeaders {

    static final String DEAD_LETTER = "dead-letter-";
    static final String DELAYED_RETRY = "delayed-retry-";

    static final String REASON = "reason";
    static final String COUNT = "count";

    private static final String TOPIC = "topic";
    private static final String ORIGINAL_TOPIC = "X-Original-Topic";
    private static final String ERROR_MESSAGE = "X-Error-Message";
    /** Longer messages are cut: a header that is too large would keep the event from being accepted. */
    private static final int MAX_TEXT = 4_000;

    private DeadLetterHeaders() {
    }

    /**
     * @param prefix of the headers that say why and where
     * @param count how often the event went to a topic to be tried again later; 0 when never
     */
    static List<Map.Entry<String, byte[]>> of(InboundRecord record, String prefix, Throwable failure, int count) {
        List<Map.Entry<String, byte[]>> headers = new ArrayList<>();
        // A header may have no value, which Map.entry refuses.
        record.forEachHeader((name, value) -> headers.add(new SimpleImmutableEntry<>(name, value)));
        add(headers, prefix + REASON, messageOf(failure));
        add(headers, prefix + "exception-class-name", failure.getClass().getName());
        Throwable cause = failure.getCause();
        if (cause != null) {
            add(headers, prefix + "cause", messageOf(cause));
            add(headers, prefix + "cause-class-name", cause.getClass().getName());
        }
        add(headers, prefix + TOPIC, record.position().source());
        add(headers, prefix + "partition", Integer.toString(record.position().partition()));
        add(headers, prefix + "offset", Long.toString(record.position().offset()));
        if (count > 0) {
            add(headers, prefix + COUNT, Integer.toString(count));
        }
        add(headers, ORIGINAL_TOPIC, originalTopic(record));
        add(headers, ERROR_MESSAGE, messageOf(failure));
        add(headers, EventHeaders.TIMESTAMP, Instant.now().toString());
        return headers;
    }

    /** How often the event went to a topic to be tried again later. */
    static int retries(InboundRecord record) {
        byte[] count = record.header(DELAYED_RETRY + COUNT);
        try {
            return count == null ? 0 : Integer.parseInt(new String(count, UTF_8));
        } catch (NumberFormatException notOurs) {
            return 0;
        }
    }

    /** Where the event was published: an event that was tried again later says so itself. */
    private static String originalTopic(InboundRecord record) {
        byte[] first = retries(record) > 0 ? record.header(ORIGINAL_TOPIC) : null;
        return first == null ? record.topic() : new String(first, UTF_8);
    }

    private static String messageOf(Throwable failure) {
        String message = failure.getMessage();
        String text = message == null ? failure.toString() : message;
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }

    private static void add(List<Map.Entry<String, byte[]>> headers, String name, String value) {
        headers.add(Map.entry(name, value.getBytes(UTF_8)));
    }
}
