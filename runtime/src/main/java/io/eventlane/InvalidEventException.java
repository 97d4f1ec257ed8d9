package io.eventlane;

import org.jspecify.annotations.Nullable;

/** An event that breaks a rule: an envelope, key, aggregate id or payload that cannot be published or handled as it is. */
public class InvalidEventException extends EventlaneException {

    private static final long serialVersionUID = 1L;

    public InvalidEventException(String message) {
        super(message);
    }

    public InvalidEventException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
