package io.eventlane.it.guarantees;

/**
 * When somebody could not reach the broker.
 *
 * @param around may begin before the outage and end after it
 * @param within in which nobody could for sure
 */
record Outage(Window around, Window within) {

    /**
     * Whether a run started when no coordinator could have confirmed its process for so long.
     *
     * @param nanos a span
     */
    boolean isUnconfirmed(long start, long nanos) {
        return start > within.from() + nanos && start < within.to();
    }
}
