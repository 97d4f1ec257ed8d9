package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Finds the value of {@code aggregate_id} at the top level of a JSON object without parsing it: it walks the bytes, no
 * further than a bound, and gives up on anything unusual. Who published with Eventlane has the id in a header; this is for
 * the others.
 */
final class AggregateIdPeek {

    private static final int MAX_BYTES = 4_096;
    private static final byte[] NAME = "aggregate_id".getBytes(UTF_8);

    private final byte[] json;
    private final int end;
    private int at;

    private AggregateIdPeek(byte[] json) {
        this.json = json;
        this.end = Math.min(json.length, MAX_BYTES);
    }

    /** The bytes of the id, or {@code null} where there is none within the bound, or it is not plain text. */
    static byte @Nullable [] find(byte[] payload) {
        return new AggregateIdPeek(payload).find();
    }

    private byte @Nullable [] find() {
        if (!next('{')) {
            return null;
        }
        int depth = 1;
        boolean name = true;
        for (; at < end && depth > 0; at++) {
            switch (json[at]) {
                case '"' -> {
                    int start = at + 1;
                    if (!skipText()) {
                        return null;
                    }
                    if (depth == 1 && name && isName(start)) {
                        return value();
                    }
                }
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case ':' -> name = depth == 1 ? false : name;
                case ',' -> name = depth == 1 || name;
                default -> {
                    // Numbers, literals and blanks.
                }
            }
        }
        return null;
    }

    /** Leaves {@link #at} on the closing quote. */
    private boolean skipText() {
        for (at++; at < end; at++) {
            if (json[at] == '\\') {
                at++;
            } else if (json[at] == '"') {
                return true;
            }
        }
        return false;
    }

    private boolean isName(int start) {
        return at - start == NAME.length && Arrays.equals(json, start, at, NAME, 0, NAME.length);
    }

    private byte @Nullable [] value() {
        at++;
        if (!next(':') || !next('"')) {
            return null;
        }
        int start = at;
        at--;
        if (!skipText()) {
            return null;
        }
        for (int i = start; i < at; i++) {
            if (json[i] == '\\') {
                return null;
            }
        }
        return at == start ? null : Arrays.copyOfRange(json, start, at);
    }

    /** Skips blanks and the character, where that comes next. */
    private boolean next(char expected) {
        while (at < end && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
        return at < end && json[at++] == expected;
    }
}
