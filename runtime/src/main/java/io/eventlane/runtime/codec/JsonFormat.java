package io.eventlane.runtime.codec;

import java.io.IOException;
import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;

/** Everything else: JSON, as the application's {@code ObjectMapper} writes and reads it. */
final class JsonFormat implements PayloadFormat {

    private final ObjectReader reader;
    private final ObjectWriter writer;

    JsonFormat(ObjectMapper mapper, Type type) {
        reader = mapper.readerFor(mapper.constructType(type));
        writer = mapper.writerFor(mapper.constructType(type));
    }

    @Override
    public byte[] encode(Object payload) throws IOException {
        return writer.writeValueAsBytes(payload);
    }

    @Override
    public @Nullable Object decode(byte[] data) throws IOException {
        return reader.readValue(data);
    }

    @Override
    public void write(JsonGenerator json, Object payload) throws IOException {
        writer.writeValue(json, payload);
    }

    @Override
    public @Nullable Object read(JsonParser json, byte[] source) throws IOException {
        return reader.readValue(json);
    }
}
