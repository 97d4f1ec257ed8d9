package io.eventlane.runtime.failure;

import java.util.List;
import java.util.Map;

import io.eventlane.channel.DerivedId;
import io.eventlane.spi.InboundRecord;
import io.eventlane.spi.Outbound;
import io.eventlane.spi.OutboundRecord;

/**
 * A topic that failed events are sent to: their own key and bytes, with headers that say what happened.
 *
 * @param prefix of the headers that say why and where the event failed
 * @param ids of the letters
 */
record FailureTopic(Outbound outbound, String prefix, DerivedId ids) {

    /** An event to be sent there; encoded once, sent until the broker has acknowledged it. */
    Settlement letter(FailedEvent event, Throwable cause, int retries) {
        InboundRecord record = event.record();
        List<Map.Entry<String, byte[]>> headers = LetterHeaders.write(event.headers(), event.origin(), prefix, cause, retries);
        OutboundRecord letter = new OutboundRecord(ids.of(record, prefix), record.key(), record.letterPayload(), headers);
        // Never waits: at the bound of events in flight it fails, and is sent again.
        return () -> outbound.trySend(letter);
    }
}
