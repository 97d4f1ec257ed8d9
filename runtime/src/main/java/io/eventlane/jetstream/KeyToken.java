package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * Bytes as one token of a subject, which is text without blanks, dots and wildcards: bytes outside {@code [A-Za-z0-9_-]} are
 * {@code %XX}.
 */
final class KeyToken {

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(ISO_8859_1);
    private static final boolean[] PLAIN = new boolean[128];

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-".chars().forEach(c -> PLAIN[c] = true);
    }

    private KeyToken() {
    }

    static String encode(byte[] bytes) {
        int escaped = 0;
        for (byte b : bytes) {
            escaped += isPlain(b) ? 0 : 1;
        }
        if (escaped == 0) {
            return new String(bytes, ISO_8859_1);
        }
        byte[] token = new byte[bytes.length + 2 * escaped];
        int length = 0;
        for (byte b : bytes) {
            if (isPlain(b)) {
                token[length++] = b;
            } else {
                length = escape(token, length, b);
            }
        }
        return new String(token, ISO_8859_1);
    }

    /**
     * The bytes of a token, also where it has characters that {@link #encode} would have escaped.
     *
     * @throws IllegalArgumentException when a percent sign is not followed by two hexadecimal digits, or the token is not
     *         ASCII
     */
    static byte[] decode(String token) {
        byte[] bytes = new byte[token.length()];
        int length = 0;
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (c == '%') {
                bytes[length++] = (byte) (digit(token, i + 1) << 4 | digit(token, i + 2));
                i += 2;
            } else if (c < 128) {
                bytes[length++] = (byte) c;
            } else {
                throw new IllegalArgumentException("Not ASCII at " + i + ": " + token);
            }
        }
        return Arrays.copyOf(bytes, length);
    }

    /** Writes {@code %XX}, and returns the place behind it. */
    static int escape(byte[] text, int at, byte b) {
        text[at] = '%';
        text[at + 1] = HEX[b >> 4 & 0xF];
        text[at + 2] = HEX[b & 0xF];
        return at + 3;
    }

    private static boolean isPlain(byte b) {
        return b >= 0 && PLAIN[b];
    }

    private static int digit(String token, int at) {
        int digit = at < token.length() ? Character.digit(token.charAt(at), 16) : -1;
        if (digit < 0) {
            throw new IllegalArgumentException("Not a hexadecimal digit at " + at + ": " + token);
        }
        return digit;
    }
}
