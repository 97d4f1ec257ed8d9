package io.eventlane.it.guarantees;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

import io.eventlane.it.guarantees.Scenario.Keys;
import io.eventlane.it.guarantees.Scenario.Protocol;
import io.eventlane.it.guarantees.Scenario.Shape;
import io.eventlane.it.guarantees.Scenario.Times;
import io.eventlane.it.guarantees.Step.What;

/**
 * Makes scenarios from seeds: the same from the same, on every machine. A seed modulo 5 is the place of the shape in
 * {@link Shape}: 0 and 5 are clean, 1 and 6 kill, 2 and 7 freeze, 3 and 8 meddle with the broker, 4 and 9 mix.
 * <p>
 * In memory there is one process and no broker to meddle with, and what would be killed is asked to stop.
 */
final class Scenarios {

    private static final int MOST_PROCESSES = 4;
    private static final int MOST_EVENTS_A_SECOND = 400;
    private static final int FIRST_STEP_MILLIS = 2_500;
    private static final int MOST_RESETS = 6;
    /** What each event costs beside its work: decoding, and publishing its result. */
    private static final double OVERHEAD_MILLIS = 5;
    /** How much of what is possible the events ask for. */
    private static final double BUSY = 0.7;

    private final Broker broker;
    private final SplittableRandom random;
    private final Shape shape;

    private final List<Step> steps = new ArrayList<>();
    private final TreeSet<Integer> alive = new TreeSet<>();
    private int last;
    private int now = FIRST_STEP_MILLIS;

    private Scenarios(Broker broker, long seed) {
        this.broker = broker;
        this.random = new SplittableRandom(seed);
        this.shape = Shape.values()[(int) Math.floorMod(seed, (long) Shape.values().length)];
    }

    static Scenario of(Broker broker, long seed) {
        return new Scenarios(broker, seed).make(seed);
    }

    private Scenario make(long seed) {
        Keys keys = oneOf(Keys.values());
        Times times = oneOf(Times.values());
        Protocol protocol = protocol();
        int partitions = partitions();
        boolean failing = shape != Shape.CLEAN && random.nextInt(2) == 0;
        boolean poison = failing && random.nextInt(2) == 0;
        boolean staticMembers = broker == Broker.KAFKA && random.nextInt(4) == 0;
        int maxConcurrency = oneOf(8, 64, 256);
        int maxSpan = oneOf(100, 500);
        int processes = broker == Broker.MEMORY ? 1 : 2 + random.nextInt(2);
        for (int i = 0; i < processes; i++) {
            alive.add(++last);
        }
        if (broker == Broker.MEMORY) {
            planInMemory();
        } else {
            plan();
        }
        steps.sort(null);
        // Asked last, so that it changes nothing else.
        boolean hasty = broker != Broker.MEMORY && shape != Shape.CLEAN && random.nextInt(3) == 0;
        boolean early = broker.makesGroups() && shape == Shape.CLEAN && random.nextInt(2) == 0;
        return new Scenario(broker, seed, shape, keys, times, partitions,
                rate(keys, times, maxConcurrency, partitions * maxSpan),
                failing ? 0.02 : 0,
                // Who reads dead letters in memory stops with who sends them.
                poison && !(broker == Broker.MEMORY && alive.isEmpty()), protocol, staticMembers, hasty, processes,
                early, maxConcurrency, maxSpan, List.copyOf(steps), now);
    }

    private Protocol protocol() {
        return switch (broker) {
            case KAFKA -> oneOf(Protocol.COOPERATIVE, Protocol.EAGER, Protocol.CONSUMER);
            case JETSTREAM, JETSTREAM_CLUSTER -> Protocol.STORE;
            case MEMORY -> Protocol.NONE;
        };
    }

    /** A topic of one partition has one owner, and the others stand by. */
    private int partitions() {
        if (broker == Broker.MEMORY) {
            return 1;
        }
        if (broker != Broker.KAFKA && random.nextInt(4) == 0) {
            return 1;
        }
        return (shape == Shape.CLEAN ? 1 : 3) + random.nextInt(4);
    }

    /** So that the busiest key, the handlers that one process may run, and the span of each partition suffice. */
    private static int rate(Keys keys, Times times, int slots, int span) {
        double share = switch (keys) {
            case ONE -> 1;
            case ZIPF -> Workload.zipfShareOfFirst();
            case UNIFORM, DISTINCT -> 0.01;
        };
        double each = Workload.meanMillis(times) + OVERHEAD_MILLIS;
        double longest = Workload.mostMillis(times) + OVERHEAD_MILLIS;
        double most = BUSY * 1000 * Math.min(Math.min(1 / share, slots) / each, span / longest);
        return (int) Math.min(MOST_EVENTS_A_SECOND, most);
    }

    private void plan() {
        switch (shape) {
            case CLEAN -> {
                for (int i = 0; i < 3; i++) {
                    joinOrLeave();
                }
            }
            case KILL -> {
                kill();
                sometimes(this::joinOrLeave);
                sometimes(this::kill);
            }
            case FREEZE -> {
                freezeOne();
                sometimes(this::joinOrLeave);
            }
            case BROKER -> {
                joinOrLeave();
                meddleWithBroker();
                sometimes(this::joinOrLeave);
            }
            case MIXED -> {
                for (int i = 0; i < 3; i++) {
                    switch (random.nextInt(4)) {
                        case 0 -> joinOrLeave();
                        case 1 -> kill();
                        case 2 -> freezeOne();
                        default -> meddleWithBroker();
                    }
                }
            }
        }
    }

    private void planInMemory() {
        if (shape == Shape.FREEZE || shape == Shape.MIXED) {
            freezeOne();
        }
        if (shape == Shape.KILL || shape == Shape.MIXED) {
            step(What.LEAVE, take());
        }
        wait(500, 1_000);
    }

    private void sometimes(Runnable steps) {
        if (random.nextBoolean()) {
            steps.run();
        }
    }

    private void joinOrLeave() {
        if (alive.size() < 2 || alive.size() < MOST_PROCESSES && random.nextBoolean()) {
            join();
        } else {
            step(What.LEAVE, take());
        }
        wait(2_000, 4_000);
    }

    private void join() {
        alive.add(++last);
        step(What.JOIN, last);
    }

    private void kill() {
        step(What.KILL, take());
        wait(500, 3_000);
        join();
        wait(2_000, 5_000);
    }

    private void freezeOne() {
        int process = any();
        step(What.FREEZE, process);
        now += freeze();
        step(What.THAW, process);
        wait(2_000, 4_000);
    }

    private int freeze() {
        return (int) broker.freeze().toMillis() + random.nextInt(1_500);
    }

    private void meddleWithBroker() {
        switch (random.nextInt(disturbances())) {
            case 0 -> {
                step(What.KILL, 0);
                wait(200, 3_000);
                step(What.RESTART, 0);
            }
            case 1 -> {
                step(What.FREEZE, 0);
                wait(1_000, 9_000);
                step(What.THAW, 0);
            }
            case 2 -> reset();
            case 3 -> stall();
            case 4 -> deleteConsumers();
            default -> step(What.STEP_DOWN, 0);
        }
        wait(2_000, 4_000);
    }

    private int disturbances() {
        return switch (broker) {
            case KAFKA -> 4;
            case JETSTREAM -> 5;
            case JETSTREAM_CLUSTER -> 6;
            case MEMORY -> 0;
        };
    }

    private void reset() {
        for (int left = 2 + random.nextInt(MOST_RESETS - 1); left > 0; left--) {
            step(What.RESET, 0);
            wait(100, 1_500);
        }
    }

    private void stall() {
        step(What.STALL, 0);
        if (random.nextBoolean()) {
            wait(500, 4_000);
        } else {
            now += freeze();
        }
        step(What.RESUME, 0);
    }

    /** While every partition has an owner, who knows how far it is. */
    private void deleteConsumers() {
        now += (int) broker.session().toMillis();
        step(What.DELETE, 0);
    }

    private void step(What what, int process) {
        steps.add(new Step(now, what, process));
    }

    private void wait(int least, int most) {
        now += least + random.nextInt(most - least);
    }

    private int any() {
        return List.copyOf(alive).get(random.nextInt(alive.size()));
    }

    private int take() {
        int process = any();
        alive.remove(process);
        return process;
    }

    @SafeVarargs
    private <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }
}
