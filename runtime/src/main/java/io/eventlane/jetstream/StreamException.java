package io.eventlane.jetstream;

import org.jspecify.annotations.Nullable;

import io.eventlane.EventlaneException;

/** A topic has no stream that it could use. The message says what is wrong, where, and how to mend it. */
final class StreamException extends EventlaneException {

    private static final long serialVersionUID = 1L;

    private final boolean passing;

    /**
     * @param passing whether it may go away by itself, as the lack of a connection does; otherwise somebody has to change the
     *        configuration or the server
     */
    StreamException(String message, boolean passing, @Nullable Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    boolean isPassing() {
        return passing;
    }
}
