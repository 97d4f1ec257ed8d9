package io.eventlane.runtime.failure;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.eventlane.runtime.failure.LetterHeaders.Origin;
import io.eventlane.spi.InboundRecord;

/**
 * An event that failed, as it was published, whichever topic it comes from now.
 *
 * @param record as it came
 * @param headers its own
 * @param retries how often it went to a topic to be tried again later
 */
record FailedEvent(InboundRecord record, List<Map.Entry<String, byte[]>> headers, Origin origin, int retries) {

    static FailedEvent of(InboundRecord record) {
        List<Map.Entry<String, byte[]>> headers = new ArrayList<>();
        record.forEachHeader((name, value) -> headers.add(new SimpleImmutableEntry<>(name, value)));
        return new FailedEvent(record, headers, Origin.of(record), 0);
    }
}
