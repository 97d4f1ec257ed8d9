package io.eventlane.benchmarks.kafka.app;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

import io.eventlane.benchmarks.kafka.ForkSettings;
import io.eventlane.benchmarks.kafka.Outcome;

/** Looks at the work each millisecond, and measures from the end of the warm-up to the last record. */
final class Stopwatch {

    private static final Duration INTERVAL = Duration.ofMillis(1);

    private final OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private final ForkSettings settings;
    private final Work work;
    private final long deadline;

    private long mostConcurrent;

    Stopwatch(ForkSettings settings, Work work) {
        this.settings = settings;
        this.work = work;
        this.deadline = System.nanoTime() + settings.timeout().toNanos();
    }

    /** Returns when all records are handled, or at the timeout. */
    Outcome measure() throws InterruptedException {
        Mark first = markAt(settings.warmUp());
        Mark last = markAt(settings.records());
        return new Outcome(last.handled - first.handled, last.nanos - first.nanos, last.cpuNanos - first.cpuNanos,
                last.allocatedBytes - first.allocatedBytes, work.order().inversions(), work.order().lost(),
                work.order().duplicates(), mostConcurrent);
    }

    private Mark markAt(long records) throws InterruptedException {
        while (work.handled() < records && System.nanoTime() < deadline) {
            mostConcurrent = Math.max(mostConcurrent, work.running());
            Thread.sleep(INTERVAL);
        }
        return new Mark(work.handled(), System.nanoTime(), process.getProcessCpuTime(),
                threads.getTotalThreadAllocatedBytes());
    }

    private record Mark(long handled, long nanos, long cpuNanos, long allocatedBytes) {
    }
}
