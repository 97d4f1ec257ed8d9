package io.eventlane.runtime.lifecycle;

import io.eventlane.engine.FailurePolicy;
import io.eventlane.runtime.failure.FailureTreatment;
import io.eventlane.spi.InboundHandler;
import io.eventlane.spi.InboundRecord;

/**
 * How the events of one channel are handled.
 *
 * @param handler what runs for each event
 * @param treatment what becomes of those that fail
 */
record Handling(InboundHandler handler, FailureTreatment treatment) {

    FailurePolicy<InboundRecord> policy() {
        return treatment;
    }
}
