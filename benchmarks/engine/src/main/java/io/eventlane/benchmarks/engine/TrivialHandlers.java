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

/** What a record costs from the source to its commit when its handler does next to nothing. Keys are uniform. */
@SuppressWarnings("NullAway.Init")
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TrivialHandlers {

    private static final int RECORDS = 500_000;

    @Param
    public Dispatch arm;

    @Param({ "1000", "100000" })
    public int keys;

    private Workload workload;

    @Setup(Level.Trial)
    public void open() {
        workload = new Workload(arm, RECORDS, keys, 0);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void perRecord() {
        workload.run();
    }

    @TearDown(Level.Trial)
    public void close() {
        System.out.printf("%n%s, %d keys: %d inversions%n", arm, keys, workload.inversions());
        workload.close();
    }
}
