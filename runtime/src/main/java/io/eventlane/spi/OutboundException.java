package io.eventlane.spi;

import org.jspecify.annotations.Nullable;

import io.eventlane.EventlaneException;
import io.eventlane.PublishException.Reason;
import io.eventlane.PublishReceipt.Status;

/** A connector's word that a record was not, or may not have been, sent. */
public class OutboundException extends EventlaneException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final Status status;

    /**
     * @param status {@link Status#FAILED} or {@link Status#UNKNOWN}
     */
    public OutboundException(Reason reason, Status status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.status = status;
    }

    public Reason reason() {
        return reason;
    }

    public Status status() {
        return status;
    }
}
