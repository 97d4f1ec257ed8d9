package io.eventlane.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Decides how many threads drain the ready lanes.
 * <p>
 * One thread per lane would be simple, but for cheap handlers starting the thread costs more than the work. A fixed
 * number of threads would be cheap, but handlers that block would wait for each other. So a thread is started only
 * while no worker waits for a carrier, neither a new one nor one that pauses (<em>at most one starting</em>): cheap
 * handlers are drained by the few threads that exist; when handlers block, carriers become free, each worker that
 * gets one starts its successor before it runs a handler, and the threads fan out as fast as the scheduler mounts
 * them, up to the limit. Other virtual threads of the application therefore never queue behind more than a few of
 * ours.
 * <h2>Why nothing is left lying</h2>
 * To show: while a lane is ready and fewer than {@code max} workers are busy, a worker is coming to a carrier, or
 * some thread is about to call {@link #startIfNeeded()}.
 * <ul>
 * <li>Whoever makes a lane ready calls {@code startIfNeeded} afterwards: the source after each batch, whoever
 * ends the wait of a lane; or goes on taking: a worker that requeues a lane.
 * <li>If that call finds a worker coming, this worker gives up being counted as such only when it has its carrier.
 * Then it takes a lane, and having taken any, calls {@code startIfNeeded} before it runs the handler; or, back from a
 * pause in the middle of a lane, it calls {@code startIfNeeded} at once. So it sees the lane, or finds that another
 * has taken it. Its successor does the same, and so on, until the queue is empty or the limit is reached.
 * <li>If the call finds the limit reached, some worker is busy. When that one leaves, it first decrements
 * {@code busy} and then calls {@code startIfNeeded}. The decrement is a full fence, as is the insertion into the
 * queue: either the leaving worker sees the lane, or the caller saw the decremented {@code busy}.
 * <li>Two calls at a time: one takes {@code coming} from 0 to 1. If it then finds the limit reached, it takes that
 * back and looks again, for a worker may have left while the count kept others from acting.
 * <li>If the executor refuses to start a thread, both counts are taken back; the source asks again on its next turn.
 * <li>While the lease is not held, nobody is to come: workers put their lane back and leave. The source, which renews
 * it, asks again on its next turn.
 * </ul>
 */
final class Workers<R> {

    private static final long PAUSE_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final VarHandle COMING;
    private static final VarHandle BUSY;
    private static final VarHandle PAUSED_AT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            COMING = lookup.findVarHandle(Workers.class, "coming", int.class);
            PAUSED_AT = lookup.findVarHandle(Workers.class, "pausedAt", long.class);
            BUSY = lookup.findVarHandle(Workers.class, "busy", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int max;
    private final Executor threads;
    private final Runnable worker;
    private final Consumer<Throwable> onRefusal;
    private final Lease lease;
    private final ConcurrentLinkedQueue<Lane<R>> ready = new ConcurrentLinkedQueue<>();

    /** Workers started and not yet left. Incremented only by who took {@code coming} from 0 to 1. */
    private volatile int busy;
    /** Those of them that wait for a carrier: not yet mounted, or pausing. */
    private volatile int coming;
    /** When a worker last got a carrier, or began to wait for one while no other did. */
    private volatile long movedAt;
    private volatile long pausedAt = System.nanoTime();

    /**
     * @param worker makes what each thread runs: it calls {@link #mounted()} first, then takes lanes until there are
     *        none, then calls {@link #left()}
     * @param onRefusal told when the executor refuses to start a thread
     * @param lease no thread is started while it is not held
     */
    Workers(int max, Executor threads, Function<Workers<R>, Runnable> worker, Consumer<Throwable> onRefusal, Lease lease) {
        this.max = max;
        this.threads = threads;
        this.lease = lease;
        this.worker = worker.apply(this);
        this.onRefusal = onRefusal;
    }

    void ready(Lane<R> lane) {
        ready.add(lane);
    }

    @Nullable
    Lane<R> take() {
        return ready.poll();
    }

    boolean isEmpty() {
        return ready.isEmpty();
    }

    void startIfNeeded() {
        while (coming == 0 && busy < max && !ready.isEmpty()) {
            long now = System.nanoTime();
            if (!lease.isHeld(now)) {
                return;
            }
            movedAt = now;
            if (!COMING.compareAndSet(this, 0, 1)) {
                return;
            }
            if (busy < max) {
                start();
                return;
            }
            COMING.getAndAdd(this, -1);
        }
    }

    private void start() {
        BUSY.getAndAdd(this, 1);
        try {
            threads.execute(worker);
        } catch (Throwable refusal) {
            BUSY.getAndAdd(this, -1);
            COMING.getAndAdd(this, -1);
            onRefusal.accept(refusal);
        }
    }

    // Called by a worker on its thread

    void mounted() {
        movedAt = System.nanoTime();
        COMING.getAndAdd(this, -1);
    }

    /**
     * Lets other virtual threads have the carrier for a moment, if no worker has done so lately. A mere yield would
     * not do: it goes back to a queue of the carrier's own choice, and a carrier looks at another queue only when it
     * finds that one empty, which two workers that yield to each other can keep from happening for ever. A thread
     * that parks comes back from elsewhere.
     *
     * @return whether it did
     */
    boolean pause(long now) {
        long last = pausedAt;
        if (now - last < PAUSE_EVERY_NANOS || !PAUSED_AT.compareAndSet(this, last, now)) {
            return false;
        }
        movedAt = now;
        COMING.getAndAdd(this, 1);
        if (Thread.currentThread().isVirtual()) {
            LockSupport.parkNanos(this, 1);
        } else {
            Thread.yield();
        }
        mounted();
        startIfNeeded();
        return true;
    }

    void left() {
        BUSY.getAndAdd(this, -1);
        startIfNeeded();
    }

    // Any thread

    int busy() {
        return busy;
    }

    /** Since when, as {@link System#nanoTime()}, workers wait for a carrier and none gets one; 0 when none waits. */
    long unmountedSince() {
        long since = movedAt;
        return coming == 0 ? 0 : since;
    }
}
