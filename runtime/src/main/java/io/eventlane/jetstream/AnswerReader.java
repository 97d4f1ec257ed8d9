package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.eventlane.Position;
import io.nats.client.Message;
import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;

/**
 * Reads answers of one stream. The usual one, {@code {"stream":"orders","seq":17}}, is read without a parser. For one thread.
 */
final class AnswerReader {

    private static final int NO_RESPONDERS = 503;
    /** "duplicate message id is in process" */
    private static final int IN_PROCESS = 10158;

    private static final byte[] STREAM = "{\"stream\":\"".getBytes(ISO_8859_1);
    private static final byte[] SEQUENCE = "\"seq\":".getBytes(ISO_8859_1);

    private byte[] nameBytes = {};
    private String name = "";

    Answer read(Message message) {
        if (message.isStatusMessage()) {
            int code = message.getStatus().getCode();
            return code == NO_RESPONDERS ? new Answer.NoResponders()
                    : new Answer.Refused(code, 0, message.getStatus().getMessage());
        }
        Position usual = usual(message.getData());
        return usual != null ? new Answer.Stored(usual) : any(message.getData());
    }

    private @Nullable Position usual(byte[] json) {
        if (!startsWith(json, 0, STREAM)) {
            return null;
        }
        int nameEnd = STREAM.length;
        while (nameEnd < json.length && json[nameEnd] != '"' && json[nameEnd] != '\\') {
            nameEnd++;
        }
        int comma = nameEnd + 1;
        if (comma >= json.length || json[comma] != ',') {
            return null;
        }
        int member = skipBlanks(json, comma + 1);
        if (!startsWith(json, member, SEQUENCE)) {
            return null;
        }
        return position(json, nameEnd, skipBlanks(json, member + SEQUENCE.length));
    }

    private @Nullable Position position(byte[] json, int nameEnd, int digits) {
        long sequence = 0;
        int at = digits;
        while (at < json.length && json[at] >= '0' && json[at] <= '9') {
            sequence = 10 * sequence + json[at++] - '0';
        }
        boolean last = at == json.length - 1 && json[at] == '}';
        return last && sequence > 0 ? new Position(name(json, nameEnd), 0, sequence) : null;
    }

    private String name(byte[] json, int end) {
        if (!Arrays.equals(json, STREAM.length, end, nameBytes, 0, nameBytes.length)) {
            nameBytes = Arrays.copyOfRange(json, STREAM.length, end);
            name = new String(nameBytes, UTF_8);
        }
        return name;
    }

    private static boolean startsWith(byte[] json, int from, byte[] text) {
        return Arrays.equals(json, Math.min(from, json.length), Math.min(from + text.length, json.length), text, 0,
                text.length);
    }

    private static int skipBlanks(byte[] json, int from) {
        int at = from;
        while (at < json.length && json[at] == ' ') {
            at++;
        }
        return at;
    }

    private static Answer any(byte[] json) {
        JsonValue answer;
        try {
            answer = JsonParser.parse(json);
        } catch (JsonParseException e) {
            return new Answer.Foreign();
        }
        JsonValue error = JsonValueUtils.readValue(answer, "error");
        if (error != null) {
            int code = JsonValueUtils.readInteger(error, "err_code", 0);
            return code == IN_PROCESS ? new Answer.InProcess()
                    : new Answer.Refused(JsonValueUtils.readInteger(error, "code", 0), code,
                            JsonValueUtils.readString(error, "description", "no description"));
        }
        String stream = JsonValueUtils.readString(answer, "stream");
        if (stream == null) {
            return new Answer.Foreign();
        }
        // 2.10 says 0 of an event that it was to store and has not stored yet, or has refused since.
        long sequence = JsonValueUtils.readLong(answer, "seq", 0);
        return sequence > 0 ? new Answer.Stored(new Position(stream, 0, sequence)) : new Answer.InProcess();
    }
}
