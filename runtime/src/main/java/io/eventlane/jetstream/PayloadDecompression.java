package io.eventlane.jetstream;

import org.jspecify.annotations.Nullable;

import io.eventlane.InvalidEventException;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** Restores payloads that {@link PayloadCompression} has made smaller. Safe for many threads. */
final class PayloadDecompression {

    static final int DEFAULT_LIMIT = 64 * 1024 * 1024;

    /** What a byte of a block can stand for at most. */
    private static final long MOST_PER_BYTE = 255;

    private final LZ4SafeDecompressor decompressor = LZ4Factory.safeInstance().safeDecompressor();
    private final int limit;

    /** @param limit the largest payload that is restored, in bytes; larger ones are refused before any memory is taken */
    PayloadDecompression(int limit) {
        this.limit = limit;
    }

    /**
     * The payload as it was published.
     *
     * @param body of the message
     * @return {@code null} for a tombstone
     * @throws InvalidEventException when the body is not what its headers say, or would be too large
     */
    byte @Nullable [] payload(byte[] body, ReceivedHeaders headers) {
        if (headers.isTombstone()) {
            return null;
        }
        String compression = headers.compression();
        if (compression == null) {
            return body;
        }
        if (!compression.equals("lz4")) {
            throw new InvalidEventException("the payload is compressed with '%s' (header %s), but only lz4 is known"
                    .formatted(compression, WireNames.COMPRESSION));
        }
        return restore(body, lengthOf(headers));
    }

    private int lengthOf(ReceivedHeaders headers) {
        String text = headers.uncompressedLength();
        long length;
        try {
            length = Long.parseLong(String.valueOf(text));
        } catch (NumberFormatException e) {
            length = -1;
        }
        if (length < 0) {
            throw new InvalidEventException("the payload is compressed, but header %s says '%s' where the bytes of the payload"
                    .formatted(WireNames.LENGTH, text) + " are expected");
        }
        if (length > limit) {
            throw new InvalidEventException("the payload has %d bytes when it is decompressed, but only %d are allowed"
                    .formatted(length, limit));
        }
        return (int) length;
    }

    private byte[] restore(byte[] body, int length) {
        if (length > MOST_PER_BYTE * body.length) {
            throw new InvalidEventException("the compressed payload is damaged: its %d bytes cannot be %d when decompressed"
                    .formatted(body.length, length));
        }
        byte[] payload = new byte[length];
        int restored;
        try {
            restored = decompressor.decompress(body, 0, body.length, payload, 0, length);
        } catch (LZ4Exception | IndexOutOfBoundsException e) {
            throw new InvalidEventException("the compressed payload is damaged, or larger than the %d bytes that it says"
                    .formatted(length), e);
        }
        if (restored != length) {
            throw new InvalidEventException("the compressed payload is damaged: it has %d bytes where %d were published"
                    .formatted(restored, length));
        }
        return payload;
    }
}
