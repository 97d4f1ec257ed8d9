package io.eventlane.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.eventlane.spi.OutboundRecord;

/** Events as texts. */
final class Events {

    private Events() {
    }

    static OutboundRecord event(@Nullable String key, String payload) {
        return new OutboundRecord(payload, key == null ? null : key.getBytes(UTF_8), payload.getBytes(UTF_8),
                List.of(Map.entry("name", payload.getBytes(UTF_8))));
    }

    static String text(byte @Nullable [] bytes) {
        return bytes == null ? "null" : new String(bytes, UTF_8);
    }
}
