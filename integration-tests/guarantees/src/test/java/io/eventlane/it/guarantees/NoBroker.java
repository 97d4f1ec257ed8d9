package io.eventlane.it.guarantees;

/** What the topics in memory have for a broker: nothing that could be disturbed. */
record NoBroker() implements DisturbedBroker {

    @Override
    public Topics topics(String name, Scenario scenario) {
        return new MemoryTopics(name, scenario);
    }

    @Override
    public void disturb(Step.What what) {
        throw new IllegalArgumentException("Not without a broker: " + what);
    }

    @Override
    public boolean isWhole(Step.What what) {
        return true;
    }

    @Override
    public void close() {
        // There is nothing.
    }
}
