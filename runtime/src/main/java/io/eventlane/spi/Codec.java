package io.eventlane.spi;

import java.lang.reflect.Type;

/**
 * Turns payloads into bytes and back.
 * <p>
 * A CDI bean of this type is found by itself. For each payload type the first codec that
 * {@linkplain #supports supports} it is chosen once, at start: beans by descending {@code @Priority}, then the
 * built-in ones for {@code byte[]}, {@code String} and numbers, then JSON. A codec is called from many threads at
 * once.
 *
 * @param <T> what it encodes and decodes
 */
public interface Codec<T> {

    /** Whether this codec takes values of the type. */
    boolean supports(Type type);

    /**
     * @throws Exception any, when the value cannot be encoded: the publication fails
     */
    byte[] encode(T value) throws Exception;

    /**
     * @param data the bytes of the record, never {@code null}
     * @param type the handler's payload type
     * @throws Exception any, when the bytes cannot be decoded: an ordinary failure of the event
     */
    T decode(byte[] data, Type type) throws Exception;
}
