package io.eventlane.spi;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A record ready for the wire.
 *
 * @param eventId stable over retries
 * @param key the bytes of the key, or {@code null}
 * @param payload the encoded payload, or {@code null} for a tombstone
 * @param headers in the order of the wire
 */
public record OutboundRecord(
        String eventId,
        byte @Nullable [] key,
        byte @Nullable [] payload,
        List<Map.Entry<String, byte[]>> headers) {
}
