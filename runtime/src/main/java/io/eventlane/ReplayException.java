package io.eventlane;

import org.jspecify.annotations.Nullable;

/** A replay of dead letters stopped early. What it has not committed is sent back by the next one. */
public class ReplayException extends EventlaneException {

    private static final long serialVersionUID = 1L;

    private final transient Replay done;

    public ReplayException(String message, Replay done, @Nullable Throwable cause) {
        super(message, cause);
        this.done = done;
    }

    /** What was done before, as far as the broker has acknowledged it. */
    public Replay done() {
        return done;
    }
}
