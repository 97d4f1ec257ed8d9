package io.eventlane.jetstream;

import io.eventlane.Position;

/** What the server says to an event that was published. */
sealed interface Answer {

    /** A stream has the event, from this attempt or from an earlier one. */
    record Stored(Position position) implements Answer {
    }

    /** No stream takes the subject, or nobody leads the one that does at the moment. */
    record NoResponders() implements Answer {
    }

    /** The stream knows the id, and does not say where the event is: it is being stored, or was to be and is not. */
    record InProcess() implements Answer {
    }

    /**
     * The stream does not take the event.
     *
     * @param status as of HTTP
     * @param code the server's number of the error; 0 when it has none
     */
    record Refused(int status, int code, String description) implements Answer {

        private static final int MESSAGE_TOO_LARGE = 10054;
        private static final int HEADERS_TOO_LARGE = 10097;
        private static final int NOT_STORED = 10077;
        private static final int ANOTHER_STREAM = 10060;
        private static final int TOO_MANY_REQUESTS = 429;
        private static final int FAULT_OF_THE_SERVER = 500;

        boolean isTooLarge() {
            return code == MESSAGE_TOO_LARGE || code == HEADERS_TOO_LARGE;
        }

        /** Whether the same attempt may succeed later. */
        boolean isPassing() {
            return switch (code) {
                // What AttemptHeaders asks for.
                case ANOTHER_STREAM -> true;
                // A stream that is full says so under a number that has other reasons, too.
                case NOT_STORED -> !description.contains("maximum");
                default -> status >= FAULT_OF_THE_SERVER || status == TOO_MANY_REQUESTS;
            };
        }
    }

    /**
     * Not from a stream: somebody else has subscribed to the subject and answers, too. The stream's answer may still come.
     */
    record Foreign() implements Answer {
    }
}
