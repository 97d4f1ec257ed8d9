package io.eventlane.engine;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
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
        COMPUTES
    }

    /** One delivery of a record; a replay after a rebalance is a delivery of its own. */
    record Delivery(StressLog log, int offset, int firstOfAssignment, AtomicIntegerArray doneInAssignment) {
    }

    final int size;
    final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final String name;
    private final String[] keys;
    private final Behaviour[] behaviours;
    /** The offset of the record before in the same key, or -1. */
    private final int[] previous;
    private final AtomicIntegerArray done;
    private final Map<String, AtomicBoolean> running = new HashMap<>();

    StressLog(String name, Keys distribution, int size, Random random) {
        this.name = name;
        this.size = size;
        keys = new String[size];
        behaviours = new Behaviour[size];
        previous = new int[size];
        done = new AtomicIntegerArray(size);
        Map<String, Integer> last = new HashMap<>();
        for (int i = 0; i < size; i++) {
            keys[i] = key(distribution, i, random);
            behaviours[i] = random.nextInt(4) == 0 ? Behaviour.values()[random.nextInt(5)] : Behaviour.TRIVIAL;
            Integer before = last.put(keys[i], i);
            previous[i] = before == null ? -1 : before;
            running.putIfAbsent(keys[i], new AtomicBoolean());
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

    /** The handler. */
    static void handle(Delivery delivery, Run run) {
        delivery.log.run(delivery, run);
    }

    private void run(Delivery delivery, Run run) {
        int offset = delivery.offset;
        AtomicBoolean busy = running.get(keys[offset]);
        if (!busy.compareAndSet(false, true)) {
            violations.add("%s: %d overlaps with another of key %s".formatted(name, offset, keys[offset]));
        }
        try {
            checkOrder(delivery);
            behave(offset, run);
            done.incrementAndGet(offset);
            if (delivery.doneInAssignment.incrementAndGet(offset) != 1) {
                violations.add("%s: %d done twice in one assignment".formatted(name, offset));
            }
        } finally {
            busy.set(false);
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
        }
    }

    private static void compute(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
