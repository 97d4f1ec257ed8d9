package io.eventlane.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Decides how many threads drain the ready lanes.
 * <p>
 * One thread per lane would be simple, but for cheap handlers starting the thread costs more than the work. A fixed number of
 * threads would be cheap, but handlers that block would wait for each other. So a thread is started only while none is on its
 * way
 * (<em>at most one starting</em>): cheap handlers are drained by the few threads that exist before a further one gets a
 * carrier;
 * when handlers block, each thread that mounts starts its successor before it runs a handler, and the threads fan out as fast
 * as the
 * scheduler mounts them, up to the limit.
 * <h2>Why nothing is left lying</h2>
 * To show: while a lane is ready and fewer than {@code max} workers are busy, a worker is on its way, or some thread is about
 * to call
 * {@link #startIfNeeded()}.
 * <ul>
 * <li>Whoever makes a lane ready calls {@code startIfNeeded} afterwards: the source after each batch, a worker that requeues a
 * lane
 * (it goes on polling), the retry timer.
 * <li>If that call finds a worker on its way, this worker clears {@code starting} only when it runs, polls afterwards, and so
 * sees
 * the lane or finds that another has taken it. Having taken any lane it calls {@code startIfNeeded} before it runs the handler;
 * so
 * does its successor, and so on, until the queue is empty or the limit is reached.
 * <li>If the call finds the limit reached, some worker is busy. When that one leaves, it first decrements {@code busy} and then
 * calls
 * {@code startIfNeeded}. The decrement is a full fence, as is the insertion into the queue: either the leaving worker sees the
 * lane,
 * or the caller saw the decremented {@code busy}.
 * <li>Two calls at a time: one wins the flag. If the winner then finds the limit reached, it clears the flag and looks again,
 * for a
 * worker may have left while the flag kept others from acting.
 * <li>If the executor refuses to start a thread, the flag and the count are taken back; the source asks again on its next turn.
 * </ul>
 */
final class Workers<R> {

    private static final VarHandle STARTING;
    private static final VarHandle BUSY;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STARTING = lookup.findVarHandle(Workers.class, "starting", boolean.class);
            BUSY = lookup.findVarHandle(Workers.class, "busy", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int max;
    private final Executor threads;
    private final Runnable worker;
    private final Consumer<Throwable> onRefusal;
    private final ConcurrentLinkedQueue<Lane<R>> ready = new ConcurrentLinkedQueue<>();

    /** Workers started and not yet left, the one on its way included. Incremented only by the holder of {@code starting}. */
    private volatile int busy;
    private volatile boolean starting;
    private volatile long startedAt;

    /**
     * @param worker makes what each thread runs: it calls {@link #mounted()} first, then takes lanes until there are none, then
     *        calls {@link #left()}
     * @param onRefusal told when the executor refuses to start a thread
     */
    Workers(int max, Executor threads, Function<Workers<R>, Runnable> worker, Consumer<Throwable> onRefusal) {
        this.max = max;
        this.threads = threads;
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
        while (!starting && busy < max && !ready.isEmpty()) {
            if (!STARTING.compareAndSet(this, false, true)) {
                return;
            }
            if (busy < max) {
                start();
                return;
            }
            starting = false;
        }
    }

    private void start() {
        BUSY.getAndAdd(this, 1);
        startedAt = System.nanoTime();
        try {
            threads.execute(worker);
        } catch (Throwable refusal) {
            BUSY.getAndAdd(this, -1);
            mounted();
            onRefusal.accept(refusal);
        }
    }

    void mounted() {
        startedAt = 0;
        starting = false;
    }

    void left() {
        BUSY.getAndAdd(this, -1);
        startIfNeeded();
    }

    int busy() {
        return busy;
    }

    /** When the worker that has not mounted yet was started, as {@link System#nanoTime()}; 0 when there is none. */
    long startedAt() {
        return startedAt;
    }
}
