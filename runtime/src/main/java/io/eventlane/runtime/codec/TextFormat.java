package io.eventlane.runtime.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * {@code String}: UTF-8; in an envelope a JSON string. Read from an envelope whose payload is something else, it is
 * the JSON text of that.
 */
final class TextFormat implements PayloadFormat {

    @Override
    public byte[] encode(Object payload) {
        return ((String) payload).getBytes(UTF_8);
    }

    @Override
    public Object decode(byte[] data) {
        return new String(data, UTF_8);
    }

    @Override
    public void write(JsonGenerator json, Object payload) throws IOException {
        json.writeString((String) payload);
    }

    @Override
    public Object read(JsonParser json, byte[] source) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        int start = (int) json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        json.finishToken();
        return new String(source, start, (int) json.currentLocation().getByteOffset() - start, UTF_8);
    }
}
