package io.eventlane.runtime.failure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.eventlane.EventHeaders;
import io.eventlane.spi.InboundRecord;

/**
 * The headers of an event that goes to another topic because it failed: its own, exactly as they were, and behind them
 * one block that says what happened. The block begins with the reason, so that it can be told from headers of the event
 * that have the same names, and taken off again.
 */
final class LetterHeaders {

    static final String DEAD_LETTER = "dead-letter-";
    static final String DELAYED_RETRY = "delayed-retry-";

    private static final String REASON = "reason";
    private static final String EXCEPTION = "exception-class-name";
    private static final String CAUSE = "cause";
    private static final String CAUSE_CLASS = "cause-class-name";
    private static final String TOPIC = "topic";
    private static final String PARTITION = "partition";
    private static final String OFFSET = "offset";
    private static final String COUNT = "count";
    private static final String ORIGINAL_TOPIC = "X-Original-Topic";
    private static final String ERROR_MESSAGE = "X-Error-Message";
    /** Longer messages are cut: a header that is too large would keep the event from being accepted. */
    private static final int MAX_TEXT = 4_000;

    private static final Set<String> OF_BLOCK = Stream.concat(
            Stream.of(REASON, EXCEPTION, CAUSE, CAUSE_CLASS, TOPIC, PARTITION, OFFSET, COUNT)
                    .flatMap(name -> Stream.of(DEAD_LETTER + name, DELAYED_RETRY + name)),
            Stream.of(ORIGINAL_TOPIC, ERROR_MESSAGE, EventHeaders.TIMESTAMP)).collect(Collectors.toUnmodifiableSet());

    private final List<Map.Entry<String, byte[]>> own = new ArrayList<>();
    private final List<Map.Entry<String, byte[]>> block = new ArrayList<>();

    private LetterHeaders() {
    }

    /** Takes the headers of a letter apart. */
    static LetterHeaders of(InboundRecord letter) {
        LetterHeaders headers = new LetterHeaders();
        // A header may have no value, which Map.entry refuses.
        letter.forEachHeader((name, value) -> headers.own.add(new SimpleImmutableEntry<>(name, value)));
        int first = headers.own.size() - 1;
        while (first >= 0 && !isReason(headers.own.get(first).getKey())) {
            first--;
        }
        if (first >= 0) {
            List<Map.Entry<String, byte[]>> tail = headers.own.subList(first, headers.own.size());
            // What a client added behind the block is not ours.
            tail.stream().filter(header -> OF_BLOCK.contains(header.getKey())).forEach(headers.block::add);
            tail.removeIf(header -> OF_BLOCK.contains(header.getKey()));
        }
        return headers;
    }

    private static boolean isReason(String name) {
        return name.equals(DEAD_LETTER + REASON) || name.equals(DELAYED_RETRY + REASON);
    }

    // A letter that was read

    /** The headers without the block, in the order of the wire. */
    List<Map.Entry<String, byte[]>> own() {
        return own;
    }

    /** Where the event was published; {@code null} where the block does not say it. */
    @Nullable
    Origin origin() {
        String topic = text(ORIGINAL_TOPIC);
        try {
            return topic == null ? null
                    : new Origin(topic, Integer.parseInt(String.valueOf(field(PARTITION))),
                            Long.parseLong(String.valueOf(field(OFFSET))));
        } catch (NumberFormatException notOurs) {
            return null;
        }
    }

    String reason() {
        return String.valueOf(field(REASON));
    }

    String exception() {
        return String.valueOf(field(EXCEPTION));
    }

    /** When it failed; {@code null} where the block does not say it. */
    @Nullable
    Instant when() {
        String when = text(EventHeaders.TIMESTAMP);
        try {
            return when == null ? null : Instant.parse(when);
        } catch (java.time.DateTimeException notOurs) {
            return null;
        }
    }

    /** How often the event went to a topic to be tried again later; 0 when the block does not say it. */
    int retries() {
        String count = field(COUNT);
        try {
            return count == null ? 0 : Math.max(0, Integer.parseInt(count));
        } catch (NumberFormatException notOurs) {
            return 0;
        }
    }

    private @Nullable String field(String name) {
        String dead = text(DEAD_LETTER + name);
        return dead == null ? text(DELAYED_RETRY + name) : dead;
    }

    private @Nullable String text(String name) {
        for (Map.Entry<String, byte[]> header : block) {
            byte[] value = header.getValue();
            if (header.getKey().equals(name) && value != null) {
                return new String(value, UTF_8);
            }
        }
        return null;
    }

    // A letter that is written

    /**
     * The headers of a letter that is to be sent.
     *
     * @param own the event's
     * @param prefix of the headers that say why and where
     * @param count how often the event went to a topic to be tried again later; 0 when never
     */
    static List<Map.Entry<String, byte[]>> write(List<Map.Entry<String, byte[]>> own, Origin origin, String prefix,
            Throwable failure, int count) {
        List<Map.Entry<String, byte[]>> headers = new ArrayList<>(own);
        String message = messageOf(failure);
        add(headers, prefix + REASON, message);
        add(headers, prefix + EXCEPTION, failure.getClass().getName());
        Throwable cause = failure.getCause();
        if (cause != null) {
            add(headers, prefix + CAUSE, messageOf(cause));
            add(headers, prefix + CAUSE_CLASS, cause.getClass().getName());
        }
        add(headers, prefix + TOPIC, origin.topic());
        add(headers, prefix + PARTITION, Integer.toString(origin.partition()));
        add(headers, prefix + OFFSET, Long.toString(origin.offset()));
        if (count > 0) {
            add(headers, prefix + COUNT, Integer.toString(count));
        }
        add(headers, ORIGINAL_TOPIC, origin.topic());
        if (prefix.equals(DEAD_LETTER)) {
            add(headers, ERROR_MESSAGE, message);
            // Not where it is handled again: the event's own header of that name counts there.
            add(headers, EventHeaders.TIMESTAMP, Instant.now().toString());
        }
        return headers;
    }

    private static String messageOf(Throwable failure) {
        String message;
        try {
            message = failure.getMessage();
            message = message == null ? failure.toString() : message;
        } catch (RuntimeException foreign) {
            message = failure.getClass().getName();
        }
        return message.length() <= MAX_TEXT ? message : message.substring(0, MAX_TEXT);
    }

    private static void add(List<Map.Entry<String, byte[]>> headers, String name, String value) {
        headers.add(Map.entry(name, value.getBytes(UTF_8)));
    }

    /** Where an event was published. */
    record Origin(String topic, int partition, long offset) {

        static Origin of(InboundRecord record) {
            return new Origin(record.topic(), record.position().partition(), record.position().offset());
        }
    }
}
