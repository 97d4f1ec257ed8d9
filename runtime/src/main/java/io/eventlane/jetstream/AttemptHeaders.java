package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * The headers of one attempt to send an event, which is good for one session only.
 * <p>
 * What the client has in its queue when it loses the connection it sends after it has made a new one, before anything else. By
 * then some of what it had taken from the queue earlier may be lost: the events that are sent so would overtake those. The
 * client asks for the bytes of the headers when it writes them to the socket. If the session is another one at that moment, it
 * gets headers of the same length that make every stream refuse the message.
 */
final class AttemptHeaders extends BytesAsHeaders {

    private static final byte[] REFUSED = "NATS/1.0\r\nNats-Expected-Stream:".getBytes(ISO_8859_1);
    private static final byte[] END = "\r\n\r\n".getBytes(ISO_8859_1);

    /** The shortest headers that can be made to be refused. */
    static final int SHORTEST = REFUSED.length + 1 + END.length;

    private final Session session;

    /** @param bytes at least {@link #SHORTEST} */
    AttemptHeaders(byte[] bytes, Session session) {
        super(bytes);
        this.session = session;
    }

    @Override
    void copyTo(int position, byte[] target) {
        if (session.isCurrent()) {
            System.arraycopy(bytes, 0, target, position, bytes.length);
        } else {
            refused(position, target);
        }
    }

    private void refused(int position, byte[] target) {
        int end = position + bytes.length - END.length;
        System.arraycopy(REFUSED, 0, target, position, REFUSED.length);
        Arrays.fill(target, position + REFUSED.length, end, (byte) '-');
        System.arraycopy(END, 0, target, end, END.length);
    }
}
