package io.eventlane.engine;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ends delays when the test says so, on the thread that says so. */
final class TimerByHand extends AbstractExecutorService implements ScheduledExecutorService {

    private final Queue<Delay> delays = new ConcurrentLinkedQueue<>();

    /** How many delays were neither cancelled nor have ended. */
    long waiting() {
        return delays.stream().filter(delay -> !delay.isDone()).count();
    }

    /** Ends the oldest delay; returns whether there was one. */
    boolean endOne() {
        Delay delay = delays.poll();
        if (delay == null) {
            return false;
        }
        if (delay.end()) {
            delay.task.run();
        }
        return true;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        Delay scheduled = new Delay(task, unit.toNanos(delay));
        delays.add(scheduled);
        return scheduled;
    }

    // What the engine does not use

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initialDelay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void execute(Runnable task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {
        delays.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        delays.clear();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    private static final class Delay implements ScheduledFuture<Void> {

        private final Runnable task;
        private final long nanos;
        private final AtomicBoolean ended = new AtomicBoolean();

        Delay(Runnable task, long nanos) {
            this.task = task;
            this.nanos = nanos;
        }

        boolean end() {
            return ended.compareAndSet(false, true);
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            return end();
        }

        @Override
        public boolean isDone() {
            return ended.get();
        }

        @Override
        public boolean isCancelled() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Void get() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Void get(long timeout, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(nanos, other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
