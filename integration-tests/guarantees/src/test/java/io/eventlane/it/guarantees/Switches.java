package io.eventlane.it.guarantees;

/** Parts of the scenarios that wait for an ability of Eventlane. The seeds stay the same scenarios otherwise. */
final class Switches {

    /**
     * Whether scenarios may have poison events and {@code failure-strategy=dead-letter-queue}. To be turned on once the
     * channels have that attribute, {@code retry.max-attempts} and {@code dead-letter-queue.topic}.
     */
    static final boolean DEAD_LETTERS = true;

    /**
     * Whether processes are frozen. To be turned on once no handler starts in a process whose membership may have ended
     * while it was frozen: until then, it runs for a moment what others have taken over.
     */
    static final boolean FREEZES = true;

    private Switches() {
    }
}
