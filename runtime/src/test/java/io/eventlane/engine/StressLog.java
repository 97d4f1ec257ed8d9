package io.eventlane.engine;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A partition made up from a seed, and the judge of what is done with its records: each has a key and a behaviour,
 * and every run is checked against the runs of the records before it in its key.
 */
final class StressLog {

    enum Keys {
        ONE,
        ZIPF,
        UNIFORM,
        DISTINCT
    }

    private enum Behaviour {
        TRIVIAL,
        PARKS,
        FAILS_AT_FIRST,
        YIELDS,
        COMPUTES,
        IS_POSTPONED,
        WAITS,
        FAILS_AFTER_WAITING
    }

    /** Says that the record was not tried at all. */
    static final class Postponed extends RuntimeException {
    }

    /** One run of a handler, until its record is done or has failed. */
    private static final class Running {

        private final Run run;
        private volatile boolean returned;

        Running(Run run) {
            this.run = run;
        }

        /** What an abandoned assignment still waits for holds up nobody. */
        boolean mayBeOverlapped() {
            return returned && run.isRevoked();
        }
    }

    /** One delivery of a record; a replay after a rebalance is a delivery of its own. */
    record Delivery(StressLog log, int offset, int firstOfAssignment, AtomicIntegerArray doneInAssignment) {
    }

    private static final Behaviour[] BEHAVIOURS = Behaviour.values();

    final int size;
    final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final String name;
    private final String[] keys;
    private final Behaviour[] behaviours;
    /** The offset of the record before in the same key, or -1. */
    private final int[] previous;
    private final AtomicIntegerArray done;
    private final Map<String, AtomicReference<Running>> running = new HashMap<>();
    private final ScheduledExecutorService completers;
    private final AtomicInteger starts = new AtomicInteger();

    /**
     * @param completers complete the stages that records wait for
     */
    StressLog(String name, Keys distribution, int size, Random random, ScheduledExecutorService completers) {
        this.name = name;
        this.size = size;
        this.completers = completers;
        keys = new String[size];
        behaviours = new Behaviour[size];
        previous = new int[size];
        done = new AtomicIntegerArray(size);
        Map<String, Integer> last = new HashMap<>();
        for (int i = 0; i < size; i++) {
            keys[i] = key(distribution, i, random);
            behaviours[i] = random.nextInt(4) == 0 ? BEHAVIOURS[random.nextInt(BEHAVIOURS.length)] : Behaviour.TRIVIAL;
            Integer before = last.put(keys[i], i);
            previous[i] = before == null ? -1 : before;
            running.putIfAbsent(keys[i], new AtomicReference<>());
        }
    }

    private static String key(Keys distribution, int offset, Random random) {
        return switch (distribution) {
            case ONE -> "k";
            case ZIPF -> "k" + (int) Math.pow(1000, random.nextDouble());
            case UNIFORM -> "k" + random.nextInt(100);
            case DISTINCT -> "k" + offset;
        };
    }

    String name() {
        return name;
    }

    byte[] key(int offset) {
        return keys[offset].getBytes(StandardCharsets.UTF_8);
    }

    boolean isDone(int offset) {
        return done.get(offset) > 0;
    }

    /** How many handlers were started. */
    int starts() {
        return starts.get();
    }

    /** The handler. */
    static void handle(Delivery delivery, Run run) {
        delivery.log.run(delivery, run);
    }

    private void run(Delivery delivery, Run run) {
        starts.incrementAndGet();
        Running started = new Running(run);
        Running before = running(delivery).getAndSet(started);
        if (before != null && !before.mayBeOverlapped()) {
            violations.add("%s: %d overlaps with another of key %s".formatted(name, delivery.offset, keys[delivery.offset]));
        }
        checkOrder(delivery);
        try {
            switch (behaviours[delivery.offset]) {
                case WAITS, FAILS_AFTER_WAITING -> run.doneWhen(stage(delivery, started));
                default -> {
                    behave(delivery.offset, run);
                    done(delivery, started);
                }
            }
        } catch (RuntimeException failure) {
            running(delivery).compareAndSet(started, null);
            throw failure;
        }
        started.returned = true;
    }

    private AtomicReference<Running> running(Delivery delivery) {
        return running.get(keys[delivery.offset]);
    }

    private void done(Delivery delivery, Running ended) {
        done.incrementAndGet(delivery.offset);
        if (delivery.doneInAssignment.incrementAndGet(delivery.offset) != 1) {
            violations.add("%s: %d done twice in one assignment".formatted(name, delivery.offset));
        }
        running(delivery).compareAndSet(ended, null);
    }

    /** Completes on this thread or on another, at once or later. */
    private CompletionStage<?> stage(Delivery delivery, Running started) {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        int attempt = started.run.attempt();
        int micros = ThreadLocalRandom.current().nextInt(200) - 20;
        if (micros < 0) {
            complete(delivery, started, attempt, stage);
        } else {
            completers.schedule(() -> complete(delivery, started, attempt, stage), micros, TimeUnit.MICROSECONDS);
        }
        return stage;
    }

    private void complete(Delivery delivery, Running started, int attempt, CompletableFuture<Void> stage) {
        if (behaviours[delivery.offset] == Behaviour.FAILS_AFTER_WAITING && attempt <= 1 + delivery.offset % 3) {
            running(delivery).compareAndSet(started, null);
            stage.completeExceptionally(new IllegalStateException("attempt " + attempt));
        } else {
            done(delivery, started);
            stage.complete(null);
        }
    }

    private void checkOrder(Delivery delivery) {
        int before = previous[delivery.offset];
        if (before >= 0 && !isDone(before)) {
            violations.add("%s: %d starts before %d was ever done".formatted(name, delivery.offset, before));
        }
        if (before >= delivery.firstOfAssignment && delivery.doneInAssignment.get(before) == 0) {
            violations.add("%s: %d starts but the replay of %d is not done".formatted(name, delivery.offset, before));
        }
    }

    private void behave(int offset, Run run) {
        switch (behaviours[offset]) {
            case TRIVIAL -> Thread.onSpinWait();
            case PARKS -> LockSupport.parkNanos(100_000);
            case YIELDS -> Thread.yield();
            case COMPUTES -> compute(20_000);
            case FAILS_AT_FIRST -> {
                if (run.attempt() <= 1 + offset % 3) {
                    throw new IllegalStateException("attempt " + run.attempt());
                }
            }
            case IS_POSTPONED -> {
                if (run.attempt() != 1) {
                    violations.add("%s: %d was postponed, yet its attempt is %d".formatted(name, offset, run.attempt()));
                }
                if (ThreadLocalRandom.current().nextBoolean()) {
                    throw new Postponed();
                }
            }
            case WAITS, FAILS_AFTER_WAITING -> throw new AssertionError();
        }
    }

    private static void compute(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
