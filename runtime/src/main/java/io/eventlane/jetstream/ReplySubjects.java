package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The subjects that the events of one channel are answered on: the inbox, and one token that says which channel, event and
 * attempt it is, as numbers in base 32.
 */
final class ReplySubjects {

    private static final byte[] DIGITS = "0123456789abcdefghijklmnopqrstuv".getBytes(ISO_8859_1);
    private static final int DIGIT_BITS = 5;
    private static final byte SEPARATOR = '-';
    /** Three numbers of 13 digits at most. */
    private static final int LONGEST_TOKEN = 3 * 13 + 2;

    private final byte[] beginning;

    /** @param inbox what the subscription has before its wildcard, with the dot */
    ReplySubjects(String inbox, int channel) {
        byte[] token = new byte[inbox.length() + LONGEST_TOKEN];
        byte[] ascii = inbox.getBytes(ISO_8859_1);
        System.arraycopy(ascii, 0, token, 0, ascii.length);
        int length = write(token, ascii.length, channel);
        token[length++] = SEPARATOR;
        beginning = Arrays.copyOf(token, length);
    }

    String of(long number, int attempt) {
        byte[] subject = Arrays.copyOf(beginning, beginning.length + LONGEST_TOKEN);
        int length = write(subject, beginning.length, number);
        subject[length++] = SEPARATOR;
        length = write(subject, length, attempt);
        return new String(subject, 0, length, ISO_8859_1);
    }

    /** Writes digits, and returns the place behind them. */
    private static int write(byte[] text, int at, long number) {
        int digits = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(number) + DIGIT_BITS - 1) / DIGIT_BITS);
        long rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            text[i] = DIGITS[(int) rest & 31];
            rest >>>= DIGIT_BITS;
        }
        return at + digits;
    }

    /** Whose answer it is. */
    record Token(int channel, long number, int attempt) {

        /**
         * @param length of the inbox that begins the subject
         * @return {@code null} when it is none of ours
         */
        static @Nullable Token read(String subject, int length) {
            int first = subject.indexOf(SEPARATOR, length);
            int second = first < 0 ? -1 : subject.indexOf(SEPARATOR, first + 1);
            if (second < 0) {
                return null;
            }
            long channel = number(subject, length, first);
            long number = number(subject, first + 1, second);
            long attempt = number(subject, second + 1, subject.length());
            return channel < 0 || number < 0 || attempt < 0 ? null : new Token((int) channel, number, (int) attempt);
        }

        private static long number(String text, int from, int to) {
            long number = from == to ? -1 : 0;
            for (int i = from; i < to && number >= 0; i++) {
                int digit = Character.digit(text.charAt(i), 32);
                number = digit < 0 ? -1 : number << DIGIT_BITS | digit;
            }
            return number;
        }
    }
}
