package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.eventlane.EventHeaders;
import io.eventlane.jetstream.HeaderLayout.Place;
import io.eventlane.jetstream.HeaderValue.Form;
import io.eventlane.spi.OutboundRecord;

/**
 * The headers of an event as the bytes of a NATS message. {@link ReceivedHeaders} reads them.
 * <p>
 * Headers of NATS are printable ASCII. What an event has beyond that is carried all the same: other values are escaped, other
 * names go to a header for all of them, and {@link HeaderLayout} says so. Most events need none of it.
 */
final class WireHeaders {

    private static final byte[] VERSION = "NATS/1.0\r\n".getBytes(ISO_8859_1);
    private static final byte[] END_OF_LINE = { '\r', '\n' };

    /** Room for the headers of an envelope. */
    private static final int USUAL_SIZE = 512;

    private byte[] bytes = new byte[USUAL_SIZE];
    private int length;

    private WireHeaders() {
    }

    /** @param uncompressed the payload's bytes before it was compressed, or -1 when it is as it is */
    static byte[] write(OutboundRecord record, int uncompressed) {
        WireHeaders block = new WireHeaders();
        block.add(VERSION);
        block.messageId(record.eventId());
        block.key(record);
        if (record.payload() == null) {
            block.line(WireNames.TOMBSTONE, "true");
        }
        if (uncompressed >= 0) {
            block.line(WireNames.COMPRESSION, "lz4");
            block.line(WireNames.LENGTH, Integer.toString(uncompressed));
        }
        block.own(record.headers());
        return block.end();
    }

    /** With blanks before the value where the headers could otherwise be too short for {@link AttemptHeaders}. */
    private void messageId(String eventId) {
        byte[] id = eventId.getBytes(UTF_8);
        String plain = HeaderValue.formOf(id) == Form.PLAIN ? eventId : KeyToken.encode(id);
        int missing = AttemptHeaders.SHORTEST - length - WireNames.MESSAGE_ID.length() - 1 - plain.length()
                - 2 * END_OF_LINE.length;
        line(WireNames.MESSAGE_ID, " ".repeat(Math.max(0, missing)) + plain);
    }

    private void key(OutboundRecord record) {
        byte[] implied = last(record.headers(), EventHeaders.AGGREGATE_ID);
        byte[] key = record.key();
        if (!Arrays.equals(key, implied)) {
            line(WireNames.KEY, key == null ? WireNames.NO_KEY : KeyToken.encode(key));
        }
    }

    private static byte @Nullable [] last(List<Map.Entry<String, byte[]>> headers, String name) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            if (headers.get(i).getKey().equals(name)) {
                return headers.get(i).getValue();
            }
        }
        return null;
    }

    private void own(List<Map.Entry<String, byte[]>> headers) {
        if (isUsual(headers)) {
            for (Map.Entry<String, byte[]> header : headers) {
                line(header.getKey(), header.getValue());
            }
            return;
        }
        List<Place> places = new ArrayList<>(headers.size());
        for (Map.Entry<String, byte[]> header : headers) {
            places.add(new Place(header.getKey(), HeaderValue.formOf(header.getValue())));
        }
        line(WireNames.LAYOUT, HeaderLayout.write(places));
        for (int i = 0; i < places.size(); i++) {
            line(places.get(i).wireName(), HeaderValue.write(headers.get(i).getValue(), places.get(i).form()));
        }
    }

    /** Whether reader and writer agree without a layout. */
    private static boolean isUsual(List<Map.Entry<String, byte[]>> headers) {
        for (Map.Entry<String, byte[]> header : headers) {
            if (HeaderValue.formOf(header.getValue()) != Form.PLAIN || !WireNames.isOwn(header.getKey())) {
                return false;
            }
        }
        return true;
    }

    // Bytes

    private void line(String name, String value) {
        line(name, value.getBytes(ISO_8859_1));
    }

    private void line(String name, byte[] value) {
        byte[] ascii = name.getBytes(ISO_8859_1);
        room(ascii.length + value.length + 5);
        add(ascii);
        bytes[length++] = ':';
        add(value);
        add(END_OF_LINE);
    }

    private void add(byte[] more) {
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    /** So that {@link #END_OF_LINE} fits behind it once more. */
    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    private byte[] end() {
        add(END_OF_LINE);
        return Arrays.copyOf(bytes, length);
    }
}
