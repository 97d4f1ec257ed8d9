package io.eventlane.jetstream;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/**
 * Compresses payloads with LZ4, one block each, in plain Java: that needs no file for a native library, and is the same in a
 * native executable. Safe for many threads.
 */
final class PayloadCompression {

    /** Of smaller payloads little is saved, and the headers that say so take more. */
    private static final int SMALLEST = 128;
    /** What those headers take. */
    private static final int COST = 60;

    private final LZ4Compressor compressor = LZ4Factory.safeInstance().fastCompressor();

    /**
     * The payload compressed, or {@code null} when it is better sent as it is: also when consumers would not restore it, so
     * that the server's limit is about all of it.
     */
    byte @Nullable [] compress(byte[] payload) {
        if (payload.length < SMALLEST || payload.length > PayloadDecompression.DEFAULT_LIMIT) {
            return null;
        }
        byte[] block = new byte[compressor.maxCompressedLength(payload.length)];
        int length = compressor.compress(payload, 0, payload.length, block, 0);
        return length > payload.length - COST ? null : Arrays.copyOf(block, length);
    }
}
