package io.eventlane.runtime.devmode;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.eventlane.runtime.failure.PostponedException;
import io.eventlane.spi.InboundHandler;
import io.eventlane.spi.InboundRecord;

/**
 * Lets an event to its handler only once it is known that the handler's code was not edited.
 * <p>
 * Events that arrive while somebody looks share the next look. When there was an edit, looking restarts the
 * application: it stops, which {@linkplain #close() closes} this gate, the events that wait here fail, stay
 * unacknowledged, and go to the new code.
 */
public final class ReloadGate {

    /** An event that waits for edited code, or for an edit that mends the last one, is not at fault. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Callable<Boolean> scan;
    private final long intervalNanos;

    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock

    private @Nullable CompletableFuture<Boolean> running;
    /** Begins when the running one has ended: an edit may have come too late for that. */
    private @Nullable CompletableFuture<Boolean> next;
    private long startedAt;
    private boolean foundNothing;
    private boolean closed;

    /**
     * @param scan looks for edits and restarts the application if there are any; returns whether it did
     * @param interval for how long the result of a look holds
     */
    ReloadGate(Callable<Boolean> scan, Duration interval) {
        this.scan = scan;
        this.intervalNanos = interval.toNanos();
    }

    /** The handler behind this gate. */
    public InboundHandler guard(InboundHandler handler) {
        return new InboundHandler() {

            @Override
            public void handle(InboundRecord record, Delivery delivery) throws Throwable {
                pass();
                handler.handle(record, delivery);
            }

            @Override
            public boolean divert(InboundRecord record) {
                return handler.divert(record);
            }
        };
    }

    /**
     * @throws PostponedException when the application restarts, or has a problem that keeps it from doing so
     */
    void pass() throws InterruptedException {
        CompletableFuture<Boolean> look = look();
        if (look != null && restarted(look)) {
            throw new PostponedException(RETRY, "the application restarts with its edited code, which gets this event", null);
        }
    }

    /** Fails all that wait, and all that come: the application stops. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            release(running);
            release(next);
        } finally {
            lock.unlock();
        }
    }

    private static void release(@Nullable CompletableFuture<Boolean> look) {
        if (look != null) {
            look.complete(true);
        }
    }

    private static boolean restarted(CompletableFuture<Boolean> look) throws InterruptedException {
        try {
            return look.get();
        } catch (ExecutionException e) {
            throw new PostponedException(RETRY, String.valueOf(e.getCause()), e.getCause());
        }
    }

    /** The look to wait for; {@code null} while the last one holds. */
    private @Nullable CompletableFuture<Boolean> look() {
        lock.lock();
        try {
            if (closed) {
                return CompletableFuture.completedFuture(true);
            }
            if (running == null && foundNothing && System.nanoTime() - startedAt < intervalNanos) {
                return null;
            }
            CompletableFuture<Boolean> look = next != null ? next : new CompletableFuture<>();
            next = look;
            beginNext();
            return look;
        } finally {
            lock.unlock();
        }
    }

    private void beginNext() {
        CompletableFuture<Boolean> look = next;
        if (running != null || look == null || closed) {
            return;
        }
        running = look;
        next = null;
        startedAt = System.nanoTime();
        Thread thread = Thread.ofPlatform().daemon().name("eventlane-reload").unstarted(() -> run(look));
        thread.setContextClassLoader(getClass().getClassLoader());
        thread.start();
    }

    private void run(CompletableFuture<Boolean> look) {
        try {
            look.complete(scan.call());
        } catch (Throwable e) {
            look.completeExceptionally(e);
        }
        lock.lock();
        try {
            foundNothing = !look.isCompletedExceptionally();
            running = null;
            beginNext();
        } finally {
            lock.unlock();
        }
    }
}
