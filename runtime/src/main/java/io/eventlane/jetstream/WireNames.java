package io.eventlane.jetstream;

/** The headers that say what a NATS message cannot say otherwise, and which names of an event's own headers can be theirs. */
final class WireNames {

    /** By which a stream finds that it has an event already. */
    static final String MESSAGE_ID = "Nats-Msg-Id";

    /** The key as a {@link KeyToken}, where {@code X-Aggregate-ID} does not say it; {@link #NO_KEY} for none. */
    static final String KEY = "X-Key";
    static final String NO_KEY = "~";

    /** There is no payload, which is not the same as an empty one. */
    static final String TOMBSTONE = "X-Tombstone";

    /** How the payload is compressed, and the bytes that it has otherwise. */
    static final String COMPRESSION = "X-Payload-Compression";
    static final String LENGTH = "X-Payload-Length";

    /** The value of a header whose name no header of NATS can have. */
    static final String OTHER = "X-Header";

    /** The event's headers as they are, see {@link HeaderLayout}; missing where nothing is to be said of them. */
    static final String LAYOUT = "X-Header-Layout";

    /** Of the server, which does something because of them. */
    private static final String OF_THE_SERVER = "Nats-";

    private WireNames() {
    }

    /** Whether a header of an event goes by its own name: it is one of NATS, and means nothing else. */
    static boolean isOwn(String name) {
        return isName(name) && !isReserved(name);
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c > '~' || c == ':') {
                return false;
            }
        }
        return !name.isEmpty();
    }

    static boolean isReserved(String name) {
        return switch (name) {
            case KEY, TOMBSTONE, COMPRESSION, LENGTH, OTHER, LAYOUT -> true;
            default -> name.regionMatches(true, 0, OF_THE_SERVER, 0, OF_THE_SERVER.length());
        };
    }
}
