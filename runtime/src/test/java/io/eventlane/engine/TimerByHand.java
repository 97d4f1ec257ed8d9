package io.eventlane.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Ends delays when the test says so, on the thread that says so. */
final class TimerByHand extends ScheduledThreadPoolExecutor {

    private final Queue<Delay> delays = new ConcurrentLinkedQueue<>();

    TimerByHand() {
        super(0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        Delay scheduled = new Delay(task, unit.toNanos(delay));
        delays.add(scheduled);
        return scheduled;
    }

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
        delay.run();
        return true;
    }

    private static final class Delay extends FutureTask<Void> implements ScheduledFuture<Void> {

        private final long nanos;

        Delay(Runnable task, long nanos) {
            super(task, null);
            this.nanos = nanos;
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
