package io.eventlane.journal;

/** Two runs of a key at once: {@code run} started while {@code before} ran. */
public record Overlap(Run before, Run run) {

    @Override
    public String toString() {
        return run + " started while " + before + " ran";
    }
}
