package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * The headers of a NATS message in the order in which they came, and as the bytes that they are. Any bytes can be read: what is
 * no header is left out.
 */
final class HeaderBlock {

    static final HeaderBlock NONE = new HeaderBlock(new byte[0], 0);

    private static final byte[] VERSION = "NATS/1.0".getBytes(ISO_8859_1);
    /** Three places for each header: where the name begins, where the value begins, and what is behind it. */
    private static final int PLACES = 3;
    private static final int USUAL_HEADERS = 10;

    private final byte[] bytes;
    private final int length;
    private int[] places = new int[PLACES * USUAL_HEADERS];
    private int count;

    private HeaderBlock(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
        int line = behindLine(0);
        while (line < length) {
            int next = behindLine(line);
            read(line, next);
            line = next;
        }
    }

    /**
     * @param bytes that begin with the headers
     * @param length of the headers
     * @return {@code null} when these are no headers
     */
    static @Nullable HeaderBlock of(byte @Nullable [] bytes, int length) {
        return bytes != null && length >= VERSION.length && length <= bytes.length
                && Arrays.equals(bytes, 0, VERSION.length, VERSION, 0, VERSION.length) ? new HeaderBlock(bytes, length) : null;
    }

    private int behindLine(int from) {
        int i = from;
        while (i < length && bytes[i] != '\n') {
            i++;
        }
        return Math.min(length, i + 1);
    }

    private void read(int from, int next) {
        int colon = from;
        while (colon < next && bytes[colon] != ':') {
            colon++;
        }
        if (colon == next) {
            return;
        }
        int value = colon + 1;
        while (value < next && isBlank(bytes[value])) {
            value++;
        }
        int behind = next;
        while (behind > value && isBlank(bytes[behind - 1])) {
            behind--;
        }
        add(from, value, behind);
    }

    private void add(int name, int value, int behind) {
        int at = PLACES * count++;
        if (at == places.length) {
            places = Arrays.copyOf(places, 2 * at);
        }
        places[at] = name;
        places[at + 1] = value;
        places[at + 2] = behind;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    /** The bytes that all of them take. */
    int length() {
        return length;
    }

    /** How many there are. */
    int count() {
        return count;
    }

    String name(int index) {
        int from = places[PLACES * index];
        int colon = from;
        while (bytes[colon] != ':') {
            colon++;
        }
        return new String(bytes, from, colon - from, UTF_8);
    }

    byte[] value(int index) {
        int at = PLACES * index;
        return Arrays.copyOfRange(bytes, places[at + 1], places[at + 2]);
    }

    /**
     * The last header of that name, or {@code null}.
     *
     * @param name of ASCII
     */
    byte @Nullable [] last(String name) {
        for (int i = count - 1; i >= 0; i--) {
            if (isNamed(i, name)) {
                return value(i);
            }
        }
        return null;
    }

    /** As {@link #last}, as text. */
    @Nullable
    String lastText(String name) {
        byte[] value = last(name);
        return value == null ? null : text(value);
    }

    static String text(byte[] value) {
        return new String(value, UTF_8);
    }

    boolean isNamed(int index, String name) {
        int from = places[PLACES * index];
        int colon = from + name.length();
        if (colon >= length || bytes[colon] != ':') {
            return false;
        }
        for (int i = name.length() - 1; i >= 0; i--) {
            if (bytes[from + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    void forEach(BiConsumer<String, byte[]> action) {
        for (int i = 0; i < count; i++) {
            action.accept(name(i), value(i));
        }
    }
}
