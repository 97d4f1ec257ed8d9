package io.eventlane;

import org.jspecify.annotations.Nullable;

/** Why an event was not published. It carries the receipt. */
public class PublishException extends EventlaneException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient PublishReceipt receipt;

    public PublishException(Reason reason, String message, PublishReceipt receipt, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.receipt = receipt;
    }

    /** What kind of failure this is. */
    public Reason reason() {
        return reason;
    }

    /** The outcome: {@link PublishReceipt.Status#FAILED} or {@link PublishReceipt.Status#UNKNOWN}. */
    public PublishReceipt receipt() {
        return receipt;
    }

    /** Kinds of failure. */
    public enum Reason {
        /** The payload, key or aggregate id breaks a rule, or the payload cannot be encoded. */
        INVALID,
        /** The event is larger than the channel or the broker allows. */
        TOO_LARGE,
        /** The bound of events in flight was reached on a thread that must not wait, or waiting took too long. */
        BACK_PRESSURE,
        /** The broker could not be reached, or did not acknowledge in time. */
        UNREACHABLE,
        /** The broker refused the event. */
        REJECTED,
        /** An earlier event of the same key failed, and sending this one would overtake it. */
        PREDECESSOR_FAILED,
        /** The bus is closed: the application is shutting down. */
        CLOSED
    }
}
