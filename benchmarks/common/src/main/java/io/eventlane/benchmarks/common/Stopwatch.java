package io.eventlane.benchmarks.common;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/** Looks at the progress each millisecond, and measures from the end of the warm-up to the last record. */
public final class Stopwatch {

    private static final Duration INTERVAL = Duration.ofMillis(1);

    private final OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private final ForkSettings settings;
    private final Progress progress;
    private final long deadline;

    private long mostConcurrent;

    public Stopwatch(ForkSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
        this.deadline = System.nanoTime() + settings.timeout().toNanos();
    }

    /**
     * Returns when all records are done, or at the timeout.
     *
     * @return without what an order check finds
     */
    public Outcome measure() throws InterruptedException {
        Mark first = markAt(settings.warmUp());
        Mark last = markAt(settings.records());
        return new Outcome(last.done - first.done, last.nanos - first.nanos, last.cpuNanos - first.cpuNanos,
                last.brokerCpuNanos - first.brokerCpuNanos, last.allocatedBytes - first.allocatedBytes, 0, 0, 0,
                mostConcurrent);
    }

    private Mark markAt(long records) throws InterruptedException {
        while (progress.done() < records && System.nanoTime() < deadline) {
            mostConcurrent = Math.max(mostConcurrent, progress.running());
            Thread.sleep(INTERVAL);
        }
        return new Mark(progress.done(), System.nanoTime(), process.getProcessCpuTime(), brokerCpuNanos(),
                threads.getTotalThreadAllocatedBytes());
    }

    /** 0 where the system does not tell. */
    private long brokerCpuNanos() {
        return ProcessHandle.of(settings.brokerPid()).flatMap(broker -> broker.info().totalCpuDuration())
                .orElse(Duration.ZERO).toNanos();
    }

    private record Mark(long done, long nanos, long cpuNanos, long brokerCpuNanos, long allocatedBytes) {
    }
}
