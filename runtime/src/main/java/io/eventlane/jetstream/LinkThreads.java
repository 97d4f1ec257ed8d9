package io.eventlane.jetstream;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a connection. They are the link's and not the client's, so that they have names, outlive a connection that
 * the client gives up, and are known to be gone at the end.
 *
 * @param tasks what reads, writes, dispatches and closes; as many threads as there is to do at once
 * @param events tells of the connection, one event after the other
 * @param pings looks for signs of life
 */
record LinkThreads(ExecutorService tasks, ExecutorService events, ScheduledThreadPoolExecutor pings) {

    static final String PREFIX = "eventlane-nats-";
    private static final long IDLE_MILLIS = 500;
    private static final long END_SECONDS = 5;

    static LinkThreads start() {
        ScheduledThreadPoolExecutor pings = new ScheduledThreadPoolExecutor(1, named("ping"));
        pings.setRemoveOnCancelPolicy(true);
        pings.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return new LinkThreads(new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_MILLIS, TimeUnit.MILLISECONDS,
                new SynchronousQueue<>(), Thread.ofPlatform().daemon().name(PREFIX, 1).factory()),
                Executors.newSingleThreadExecutor(named("events")), pings);
    }

    static ThreadFactory named(String what) {
        return Thread.ofPlatform().daemon().name(PREFIX + what).factory();
    }

    /** What is due is still done, for a while; then threads are interrupted. Returns when they are gone, or should be. */
    void close() {
        pings.shutdownNow();
        events.shutdown();
        tasks.shutdown();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        boolean interrupted = !await(events, end) | !await(tasks, end) | !await(pings, end);
        events.shutdownNow();
        tasks.shutdownNow();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns {@code false} when interrupted. */
    private static boolean await(ExecutorService executor, long end) {
        try {
            executor.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
