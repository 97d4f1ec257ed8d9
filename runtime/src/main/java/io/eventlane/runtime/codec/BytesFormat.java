package io.eventlane.runtime.codec;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** {@code byte[]}: as it is; in an envelope a Base64 string. */
final class BytesFormat implements PayloadFormat {

    @Override
    public byte[] encode(Object payload) {
        return (byte[]) payload;
    }

    @Override
    public Object decode(byte[] data) {
        return data;
    }

    @Override
    public void write(JsonGenerator json, Object payload) throws IOException {
        json.writeBinary((byte[]) payload);
    }

    @Override
    public Object read(JsonParser json, byte[] source) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw PayloadFormat.unexpected(json, "a Base64 string");
        }
        return json.getBinaryValue();
    }
}
