package io.eventlane.runtime.codec;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;

/** How payloads of one type travel: alone, as the value of a record, and inside the JSON of an envelope. */
public interface PayloadFormat {

    /** The payload as the value of a record. */
    byte[] encode(Object payload) throws Exception;

    /**
     * @return the payload; {@code null} only where the bytes say so, as JSON's {@code null} does
     */
    @Nullable
    Object decode(byte[] data) throws Exception;

    /** Writes the payload as one JSON value. */
    void write(JsonGenerator json, Object payload) throws Exception;

    /**
     * Reads the JSON value that the parser stands at, and leaves the parser at its last token.
     *
     * @param source the bytes that the parser reads
     */
    @Nullable
    Object read(JsonParser json, byte[] source) throws Exception;

    /** A JSON value of the wrong kind. */
    static IOException unexpected(JsonParser json, String wanted) throws IOException {
        return new IOException("expected " + wanted + " at " + json.currentTokenLocation().offsetDescription()
                + ", but found " + json.currentToken());
    }
}
