package io.eventlane.runtime.failure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.eventlane.EventlaneException;

/** An event cannot be handled now, through no fault of its own: it is not an attempt, and nobody is told. */
public final class PostponedException extends EventlaneException {

    private static final long serialVersionUID = 1L;

    private final Duration delay;

    /**
     * @param delay after which it is worth another try, greater than 0
     */
    public PostponedException(Duration delay, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.delay = delay;
    }

    Duration delay() {
        return delay;
    }
}
