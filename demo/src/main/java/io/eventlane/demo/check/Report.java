package io.eventlane.demo.check;

import java.util.List;
import java.util.Map;

/**
 * What a journal says.
 *
 * @param events how many events each channel had: those acknowledged to their publisher or run
 * @param acknowledged how many events of each channel the broker has acknowledged to their publisher
 * @param handled how many events were handled to the end
 * @param lost records that were acknowledged to their publisher and never handled to the end
 * @param duplicated runs beyond the first of each event
 * @param inversions runs that broke the order of their key
 * @param overlaps runs that overlapped with one of their key in another process; not among the inversions
 * @param mostConcurrent how many runs there were at once, at most
 * @param seconds from the first event's making to the last run's end
 * @param p50Millis half of the events were handled within that time after they were made
 * @param p99Millis the same for 99 of 100
 * @param findings what was lost or out of order, the first few
 */
public record Report(
        Map<String, Long> events,
        Map<String, Long> acknowledged,
        long handled,
        long lost,
        long duplicated,
        long inversions,
        long overlaps,
        int mostConcurrent,
        double seconds,
        double p50Millis,
        double p99Millis,
        List<String> findings) {

    public long total() {
        return events.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * @param duplicatesAllowed as they are where a process was killed
     */
    public boolean isGood(boolean duplicatesAllowed) {
        return lost == 0 && inversions == 0 && (duplicatesAllowed || duplicated == 0);
    }
}
