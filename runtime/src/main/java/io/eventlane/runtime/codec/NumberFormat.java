package io.eventlane.runtime.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;

/**
 * Numbers: decimal text, which is also their JSON.
 * <p>
 * Text and not the big-endian bytes of Kafka's own number serializers, because it is the same on every broker, is
 * readable in a console consumer, and does not tie the width of the reader's type to the writer's: what was written
 * as an {@code int} can be read as a {@code long}. A topic that holds binary numbers is read with a codec of the
 * application's.
 */
final class NumberFormat implements PayloadFormat {

    private static final Map<Class<?>, Function<String, Number>> PARSERS = Map.of(
            Byte.class, Byte::valueOf,
            Short.class, Short::valueOf,
            Integer.class, Integer::valueOf,
            Long.class, Long::valueOf,
            Float.class, Float::valueOf,
            Double.class, Double::valueOf,
            BigInteger.class, BigInteger::new,
            BigDecimal.class, BigDecimal::new);

    private final Function<String, Number> parser;

    private NumberFormat(Function<String, Number> parser) {
        this.parser = parser;
    }

    static @Nullable NumberFormat of(Class<?> boxed) {
        Function<String, Number> parser = PARSERS.get(boxed);
        return parser == null ? null : new NumberFormat(parser);
    }

    @Override
    public byte[] encode(Object payload) {
        return payload.toString().getBytes(US_ASCII);
    }

    @Override
    public Object decode(byte[] data) {
        return parser.apply(new String(data, US_ASCII).strip());
    }

    @Override
    public void write(JsonGenerator json, Object payload) throws IOException {
        if (payload instanceof Double d && !Double.isFinite(d) || payload instanceof Float f && !Float.isFinite(f)) {
            throw new IOException("JSON has no number for " + payload);
        }
        json.writeNumber(payload.toString());
    }

    @Override
    public Object read(JsonParser json, byte[] source) throws IOException {
        if (!json.currentToken().isNumeric()) {
            throw PayloadFormat.unexpected(json, "a number");
        }
        return parser.apply(json.getText());
    }
}
