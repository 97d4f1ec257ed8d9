package io.eventlane.runtime.codec;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.eventlane.spi.Codec;

/**
 * Chooses the format of a payload type: the application's codecs first, then the built-in ones, then JSON.
 * <p>
 * Incoming types are resolved once, at start. Outgoing payloads come with their class: that is looked up without a
 * lock.
 */
public final class Codecs {

    private static final Map<Class<?>, Class<?>> BOXES = Map.of(
            byte.class, Byte.class,
            short.class, Short.class,
            int.class, Integer.class,
            long.class, Long.class,
            float.class, Float.class,
            double.class, Double.class,
            boolean.class, Boolean.class,
            char.class, Character.class);

    private final ObjectMapper mapper;
    private final List<Codec<?>> application;
    private final EnvelopeFormat envelopes;
    private final Map<Class<?>, PayloadFormat> byClass = new ConcurrentHashMap<>();

    /**
     * @param application the codecs of the application, by descending priority
     */
    public Codecs(ObjectMapper mapper, List<Codec<?>> application) {
        this.mapper = mapper;
        this.application = List.copyOf(application);
        this.envelopes = new EnvelopeFormat(mapper.getFactory());
    }

    /** The format of a handler's payload. Low frequency: at start. */
    public PayloadFormat of(Type type) {
        Type boxed = type instanceof Class<?> c && c.isPrimitive() ? BOXES.getOrDefault(c, c) : type;
        for (Codec<?> codec : application) {
            if (codec.supports(boxed)) {
                return new ApplicationFormat(codec, boxed);
            }
        }
        PayloadFormat builtIn = boxed instanceof Class<?> c ? builtIn(c) : null;
        return builtIn == null ? new JsonFormat(mapper, boxed) : builtIn;
    }

    /** The format of a payload to be published. */
    public PayloadFormat ofClass(Class<?> payload) {
        PayloadFormat known = byClass.get(payload);
        return known == null ? learn(payload) : known;
    }

    public EnvelopeFormat envelopes() {
        return envelopes;
    }

    private PayloadFormat learn(Class<?> payload) {
        PayloadFormat format = of(payload);
        byClass.put(payload, format);
        return format;
    }

    private static @Nullable PayloadFormat builtIn(Class<?> type) {
        if (type == byte[].class) {
            return new BytesFormat();
        }
        return type == String.class ? new TextFormat() : NumberFormat.of(type);
    }
}
