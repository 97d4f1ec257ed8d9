package io.eventlane.benchmarks.engine;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Records per second when each handler parks for 5 ms, over 10,000 uniform keys. The limit is max-concurrency divided
 * by the handler's time: 204,800 per second.
 */
@SuppressWarnings("NullAway.Init")
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class BlockingHandlers {

    private static final int RECORDS = 200_000;

    @Param
    public Dispatch arm;

    private Workload workload;

    @Setup(Level.Trial)
    public void open() {
        workload = new Workload(arm, RECORDS, 10_000, TimeUnit.MILLISECONDS.toNanos(5));
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void records() {
        workload.run();
    }

    @TearDown(Level.Trial)
    public void close() {
        System.out.printf("%n%s: %d inversions%n", arm, workload.inversions());
        workload.close();
    }
}
