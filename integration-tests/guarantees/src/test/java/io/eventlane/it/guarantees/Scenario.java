package io.eventlane.it.guarantees;

import java.util.List;

/**
 * A plan of what happens to a group of processes, made from a seed by {@link Scenarios}.
 *
 * @param rate events a second
 * @param failing the share of events whose first attempts fail
 * @param deadLetters whether some events are poison, and go to a dead-letter topic
 * @param staticMembers whether the processes are static members of the group
 * @param hasty whether partitions are given back before the slowest handlers have finished
 * @param processes with how many it begins
 * @param early whether events are published while these start, and not first when they have started
 * @param steps in the order of time
 * @param millis for how long events are published
 */
record Scenario(Broker broker, long seed, Shape shape, Keys keys, Times times, int partitions, int rate, double failing,
        boolean deadLetters, Protocol protocol, boolean staticMembers, boolean hasty, int processes, boolean early,
        int maxConcurrency, int maxSpan, List<Step> steps, int millis) {

    /** What is done to the processes. The last digit of a seed chooses it, see {@link Scenarios}. */
    enum Shape {
        /** They join and leave, and nothing fails: no event may be handled twice. */
        CLEAN,
        /** They are killed. */
        KILL,
        /** They are frozen for longer than the group waits for them. */
        FREEZE,
        /** They join and leave, and the broker is killed, frozen or cut off, or its connections are reset. */
        BROKER,
        /** Any of these. */
        MIXED
    }

    /** How events are spread over keys. */
    enum Keys {
        ONE,
        ZIPF,
        UNIFORM,
        DISTINCT
    }

    /** How long handlers take. */
    enum Times {
        ZERO,
        /** 1 to 5 ms. */
        SHORT,
        /** 50 to 150 ms: the next event of a key is often there before the one before has finished. */
        LONG,
        /** Most are short, and some take up to 1.5 s. */
        BIMODAL
    }

    /** How the members of the group share the partitions. */
    enum Protocol {
        COOPERATIVE,
        EAGER,
        CONSUMER,
        /** That of Eventlane itself, which is the one on JetStream. */
        STORE,
        /** In memory there is no group. */
        NONE
    }

    int events() {
        return Math.max(1, (int) ((long) rate * millis / 1000));
    }

    /** Whether a process is asked to stop while events are published, and what it has not handled ends with it. */
    boolean forgets() {
        return broker == Broker.MEMORY && count(Step.What.LEAVE, false) > 0;
    }

    long count(Step.What what, boolean broker) {
        return steps.stream().filter(step -> step.what() == what && (step.process() == 0) == broker).count();
    }

    /** The plan, as it is printed before it runs. */
    @Override
    public String toString() {
        StringBuilder plan = new StringBuilder();
        plan.append("""
                Scenario %d on %s, %s: %,d events at %d/s over keys %s and %d partitions, handlers %s, %.0f %% fail at first%s
                  %d processes%s, %s%s%s, max-concurrency %d, max-span %d""".formatted(seed, broker, shape, events(), rate,
                keys,
                partitions, times, failing * 100, deadLetters ? ", some for ever" : "", processes,
                early ? " that start while events come" : "", protocol,
                staticMembers ? " with static members" : "", hasty ? " in haste" : "", maxConcurrency, maxSpan));
        steps.forEach(step -> plan.append("\n  ").append(step));
        return plan.toString();
    }
}
