package io.eventlane.benchmarks.common;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one process measured. The first five numbers are of the measured part, the others of the whole run.
 *
 * @param records handled, or published
 * @param nanos that it took
 * @param cpuNanos that the process spent on all of its threads
 * @param brokerCpuNanos that the broker's process spent meanwhile
 * @param allocatedBytes by all threads
 * @param inversions records whose handler started before that of an earlier record of their key had ended
 * @param lost records that were never handled
 * @param duplicates handler runs beyond the first of a record
 * @param mostConcurrent handlers seen running at once, or records on their way, sampled each millisecond
 */
public record Outcome(
        long records,
        long nanos,
        long cpuNanos,
        long brokerCpuNanos,
        long allocatedBytes,
        long inversions,
        long lost,
        long duplicates,
        long mostConcurrent) {

    private static final String PREFIX = "outcome ";

    public double recordsPerSecond() {
        return records * 1e9 / nanos;
    }

    public double cpuSecondsPerMillion() {
        return cpuNanos / 1e3 / records;
    }

    public double brokerCpuSecondsPerMillion() {
        return brokerCpuNanos / 1e3 / records;
    }

    public double bytesPerRecord() {
        return (double) allocatedBytes / records;
    }

    /** The same with what a check has found. */
    public Outcome with(OrderCheck check) {
        return new Outcome(records, nanos, cpuNanos, brokerCpuNanos, allocatedBytes, check.inversions(), check.lost(),
                check.duplicates(),
                mostConcurrent);
    }

    /** How the process tells its driver. */
    public String toLine() {
        return PREFIX + "records=" + records + " nanos=" + nanos + " cpuNanos=" + cpuNanos + " brokerCpuNanos="
                + brokerCpuNanos + " allocatedBytes=" + allocatedBytes + " inversions=" + inversions + " lost=" + lost
                + " duplicates=" + duplicates
                + " mostConcurrent=" + mostConcurrent;
    }

    /** Whether a line of the process' output is one of {@link #toLine()}. */
    static boolean isLine(String line) {
        return line.startsWith(PREFIX);
    }

    static Outcome ofLine(String line) {
        Map<String, Long> values = Arrays.stream(line.substring(PREFIX.length()).split(" "))
                .map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> Long.parseLong(pair[1])));
        return new Outcome(value(values, "records"), value(values, "nanos"), value(values, "cpuNanos"),
                value(values, "brokerCpuNanos"), value(values, "allocatedBytes"), value(values, "inversions"),
                value(values, "lost"),
                value(values, "duplicates"), value(values, "mostConcurrent"));
    }

    private static long value(Map<String, Long> values, String name) {
        Long value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing in " + values);
        }
        return value;
    }
}
