package io.eventlane.runtime.codec;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.eventlane.spi.Codec;

/** What a codec of the application makes of it; in an envelope those bytes are a Base64 string. */
final class ApplicationFormat implements PayloadFormat {

    private final Codec<Object> codec;
    private final Type type;

    @SuppressWarnings("unchecked")
    ApplicationFormat(Codec<?> codec, Type type) {
        this.codec = (Codec<Object>) codec;
        this.type = type;
    }

    @Override
    public byte[] encode(Object payload) throws Exception {
        return codec.encode(payload);
    }

    @Override
    public @Nullable Object decode(byte[] data) throws Exception {
        return codec.decode(data, type);
    }

    @Override
    public void write(JsonGenerator json, Object payload) throws Exception {
        json.writeBinary(codec.encode(payload));
    }

    @Override
    public @Nullable Object read(JsonParser json, byte[] source) throws Exception {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw PayloadFormat.unexpected(json, "the Base64 string of " + codec.getClass().getName());
        }
        return codec.decode(json.getBinaryValue(), type);
    }
}
