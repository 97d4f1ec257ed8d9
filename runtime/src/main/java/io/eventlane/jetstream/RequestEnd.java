package io.eventlane.jetstream;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.support.Status;

/** Why a request for messages has ended before it was served in full. */
enum RequestEnd {
    /** It has expired, or the messages that were left are too large for it. */
    ORDINARY,
    /** The server gives the messages to another client. */
    NOT_PINNED,
    /** The consumer was deleted or has another leader, or the server goes down. */
    CONSUMER_MAY_BE_GONE,
    /** It asks for something that the server does not give. */
    REFUSED;

    private static final String LEFT = "Nats-Pending-Messages";
    private static final int NO_RESPONDERS = 503;
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;
    private static final int EXPIRED = 408;

    static RequestEnd of(Status status) {
        String what = status.getMessage();
        return switch (status.getCode()) {
            case NOT_FOUND, EXPIRED -> ORDINARY;
            case Status.PIN_ERROR_CODE -> NOT_PINNED;
            case NO_RESPONDERS -> CONSUMER_MAY_BE_GONE;
            case CONFLICT -> what.contains("Deleted") || what.contains("Leadership") || what.contains("Shutdown")
                    ? CONSUMER_MAY_BE_GONE
                    : what.startsWith("Exceeded") || what.contains("push based") ? REFUSED : ORDINARY;
            default -> REFUSED;
        };
    }

    /**
     * How many messages of the request will not come.
     *
     * @param otherwise where the server does not say it
     */
    static long messagesLeft(Message status, long otherwise) {
        Headers headers = status.getHeaders();
        String left = headers == null ? null : headers.getLast(LEFT);
        try {
            return left == null ? otherwise : Long.parseLong(left);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
