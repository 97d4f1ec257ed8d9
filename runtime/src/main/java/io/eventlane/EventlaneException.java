package io.eventlane;

import org.jspecify.annotations.Nullable;

/** The root of Eventlane's exceptions. */
public class EventlaneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EventlaneException(String message) {
        super(message);
    }

    public EventlaneException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
