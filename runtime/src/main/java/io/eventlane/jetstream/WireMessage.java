package io.eventlane.jetstream;

/**
 * An event as it goes over the wire, the same on every attempt.
 *
 * @param headers of {@link WireHeaders}
 * @param payload empty for a tombstone
 */
record WireMessage(String subject, byte[] headers, byte[] payload) {

    /** The bytes that the server's limit is about. */
    int size() {
        return headers.length + payload.length;
    }
}
