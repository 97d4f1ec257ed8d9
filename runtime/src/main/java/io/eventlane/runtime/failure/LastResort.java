package io.eventlane.runtime.failure;

import io.eventlane.engine.Verdict;
import io.eventlane.spi.InboundRecord;

/** What follows when an event is not tried again as usual. */
interface LastResort {

    /**
     * Leaves a {@link Settlement} with the record, or says what its lane does. Must not block.
     *
     * @param attempts how often it was tried
     */
    Verdict judge(InboundRecord record, int attempts, Throwable cause);
}
