package io.eventlane.kafka;

import java.time.Duration;

/**
 * The times that a source keeps to.
 *
 * @param revoke how long running handlers may take to finish when their partition moves to another member
 * @param commitInterval how often progress is committed
 * @param maxPollInterval how long one turn of the source's loop may take
 */
record SourceTimes(Duration revoke, Duration commitInterval, Duration maxPollInterval) {
}
