package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Arrays;

/**
 * Hands on what a server sends, but the headers of messages as a part of their payload, for {@link ReceivedMessage} to tell
 * them apart again. What answers requests of the client itself, at one of its inboxes, stays as it is.
 * <p>
 * The client would read all headers on the one thread that reads the connection, which is most of its work there. And it ends
 * that thread, without a sign of it, over a header that is not ASCII, which publishers in other languages write and servers
 * allow, and does so again whenever the message is delivered.
 * <p>
 * For one thread.
 *
 * <pre>
 *   HMSG &lt;subject&gt; &lt;sid&gt; [reply-to] &lt;bytes of headers&gt; &lt;bytes of headers and payload&gt;    becomes
 *   MSG &lt;subject&gt;~&lt;bytes of headers&gt; &lt;sid&gt; [reply-to] &lt;bytes of headers and payload&gt;
 * </pre>
 */
final class UnreadHeaders {

    /** Between a subject and the number of bytes that the headers have. */
    static final char MARK = '~';

    private static final int SIZE = 64 * 1_024;
    private static final int WITH_HEADERS = "HMSG ".length();
    private static final int END_OF_LINE = "\r\n".length();

    /** As of an input stream. */
    interface Input {

        int read(byte[] to, int offset, int length) throws IOException;
    }

    private final byte[] inboxPrefix;
    private byte[] bytes = new byte[SIZE];

    // Up to start it is handed on, up to ready it may be, from at to end nobody has looked at it

    private int start;
    private int ready;
    private int at;
    private int end;
    /** How much of a payload and the end of its line is still to come. */
    private int payload;

    /**
     * @param inboxPrefix what the subjects begin with at which the client gets its answers
     */
    UnreadHeaders(String inboxPrefix) {
        this.inboxPrefix = inboxPrefix.getBytes(ISO_8859_1);
    }

    /**
     * Waits for as much as makes sense.
     *
     * @return how many bytes were read; negative at the end
     */
    int read(Input input, byte[] to, int offset, int length) throws IOException {
        while (start == ready) {
            makeRoom();
            int more = input.read(bytes, end, bytes.length - end);
            if (more < 0) {
                return more;
            }
            end += more;
            look();
        }
        int given = Math.min(length, ready - start);
        System.arraycopy(bytes, start, to, offset, given);
        start += given;
        return given;
    }

    private void makeRoom() {
        System.arraycopy(bytes, at, bytes, 0, end - at);
        end -= at;
        start = 0;
        ready = 0;
        at = 0;
        if (end == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * end);
        }
    }

    private void look() {
        while (at < end) {
            if (payload > 0) {
                int here = Math.min(payload, end - at);
                payload -= here;
                pass(here);
            } else {
                int next = behindLine();
                if (next == 0) {
                    return;
                }
                line(next);
            }
        }
    }

    private void pass(int length) {
        if (at != ready) {
            System.arraycopy(bytes, at, bytes, ready, length);
        }
        at += length;
        ready += length;
    }

    /** @return the place behind the line, or 0 when its end has not come */
    private int behindLine() {
        for (int i = at + 1; i < end; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r') {
                return i + 1;
            }
        }
        return 0;
    }

    private void line(int next) {
        int behindTotal = next - END_OF_LINE;
        switch (bytes[at]) {
            case 'M' -> payload = number(behindTotal) + END_OF_LINE;
            case 'H' -> {
                payload = number(behindTotal) + END_OF_LINE;
                if (!isToInbox()) {
                    hide(startOfNumber(behindTotal) - 1);
                }
            }
            default -> {
                // Nothing of it is a message.
            }
        }
        pass(next - at);
    }

    private boolean isToInbox() {
        int subject = at + WITH_HEADERS;
        return subject + inboxPrefix.length <= end
                && Arrays.equals(bytes, subject, subject + inboxPrefix.length, inboxPrefix, 0, inboxPrefix.length);
    }

    /** Leaves out the H, and moves the length of the headers behind the subject. */
    private void hide(int behindLength) {
        int from = startOfNumber(behindLength);
        byte[] length = Arrays.copyOfRange(bytes, from, behindLength);
        int behindSubject = behindSubject();
        System.arraycopy(bytes, behindSubject, bytes, behindSubject + 1 + length.length, from - 1 - behindSubject);
        bytes[behindSubject] = MARK;
        System.arraycopy(length, 0, bytes, behindSubject + 1, length.length);
        at++;
    }

    private int behindSubject() {
        int i = at + WITH_HEADERS;
        while (bytes[i] != ' ') {
            i++;
        }
        return i;
    }

    private int number(int behind) {
        int number = 0;
        for (int i = startOfNumber(behind); i < behind; i++) {
            number = 10 * number + bytes[i] - '0';
        }
        return number;
    }

    private int startOfNumber(int behind) {
        int from = behind;
        while (from > at && bytes[from - 1] >= '0' && bytes[from - 1] <= '9') {
            from--;
        }
        return from;
    }
}
