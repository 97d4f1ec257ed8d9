package io.eventlane.it.guarantees;

import java.time.Duration;

/**
 * The settings that the guarantees depend on.
 *
 * @param partitions of which something may be read again
 * @param maxSpan how far a partition is read past its first unfinished record, the records of one more poll included
 * @param hasty whether handlers may take longer than the revoke timeout
 * @param lease for how long after the coordinator's last word handlers may start
 * @param shutdownTimeout how long an application may take to stop
 * @param forgets whether what a process has not handled when it is asked to stop ends with it
 */
record Limits(int partitions, int maxSpan, Duration commitInterval, Duration revokeTimeout, boolean hasty, Duration lease,
        Duration shutdownTimeout, boolean forgets) {
}
