package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * The value of a header, which is bytes for us, and printable ASCII without blanks around it for NATS: a client that reads
 * anything else breaks, or changes it.
 */
final class HeaderValue {

    /** How a value is written. */
    enum Form {
        /** As it is. */
        PLAIN(""),
        /** Bytes that are not printable ASCII, the percent sign, and blanks at both ends are {@code %XX}. */
        PERCENT("+"),
        /** In Base64, where that is shorter: servers bound the size of headers. */
        BASE64("*"),
        /** Empty, and stands for no value. */
        NONE("~");

        /** What the layout writes behind the name; no character of a {@link KeyToken}. */
        final String sign;

        Form(String sign) {
            this.sign = sign;
        }
    }

    private HeaderValue() {
    }

    static Form formOf(byte @Nullable [] value) {
        if (value == null) {
            return Form.NONE;
        }
        int unprintable = 0;
        int percentSigns = 0;
        for (byte b : value) {
            unprintable += isPrintable(b) ? 0 : 1;
            percentSigns += b == '%' ? 1 : 0;
        }
        if (unprintable == 0 && !hasBlankEnds(value)) {
            return Form.PLAIN;
        }
        return 2L * (unprintable + percentSigns) > value.length / 3 ? Form.BASE64 : Form.PERCENT;
    }

    /** @return ASCII */
    static byte[] write(byte @Nullable [] value, Form form) {
        if (value == null) {
            return new byte[0];
        }
        return switch (form) {
            case PLAIN -> value;
            case PERCENT -> percent(value);
            case BASE64 -> Base64.getEncoder().encode(value);
            case NONE -> new byte[0];
        };
    }

    /** @throws IllegalArgumentException when that is not what {@link #write} makes */
    static byte @Nullable [] read(byte[] written, Form form) {
        return switch (form) {
            case PLAIN -> written;
            case PERCENT -> KeyToken.decode(new String(written, UTF_8));
            case BASE64 -> Base64.getDecoder().decode(written);
            case NONE -> null;
        };
    }

    private static boolean isPrintable(byte b) {
        return b >= ' ' && b <= '~';
    }

    private static boolean hasBlankEnds(byte[] value) {
        return value.length > 0 && (value[0] == ' ' || value[value.length - 1] == ' ');
    }

    private static byte[] percent(byte[] value) {
        byte[] text = new byte[3 * value.length];
        int length = 0;
        for (int i = 0; i < value.length; i++) {
            byte b = value[i];
            boolean blankEnd = b == ' ' && (i == 0 || i == value.length - 1);
            if (isPrintable(b) && b != '%' && !blankEnd) {
                text[length++] = b;
            } else {
                length = KeyToken.escape(text, length, b);
            }
        }
        return Arrays.copyOf(text, length);
    }
}
