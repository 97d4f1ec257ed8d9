package io.eventlane.it.guarantees;

/**
 * A broker that can be killed and frozen, and behind a proxy, so that its connections can be disturbed too. For one thread.
 */
interface DisturbedBroker extends AutoCloseable {

    /**
     * The topics of a scenario.
     *
     * @param name unique on the broker
     */
    Topics topics(String name, Scenario scenario);

    /**
     * Begins or ends a disturbance.
     *
     * @param what of those that can be done to a broker
     */
    void disturb(Step.What what);

    /** Whether a disturbance leaves nobody who serves clients; one of several servers does. */
    boolean isWhole(Step.What what);

    @Override
    void close();
}
