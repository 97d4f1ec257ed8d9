package io.eventlane.jetstream;

import io.nats.client.impl.Headers;

/** Headers that are bytes already, for the client to copy when it writes them to the socket. */
abstract class BytesAsHeaders extends Headers {

    final byte[] bytes;

    BytesAsHeaders(byte[] bytes) {
        super(null, true);
        this.bytes = bytes;
    }

    @Override
    public final boolean isEmpty() {
        return false;
    }

    @Override
    public final int serializedLength() {
        return bytes.length;
    }

    /** Called when the bytes are due on the socket. */
    @Override
    public final int serializeToArray(int position, byte[] target) {
        copyTo(position, target);
        return bytes.length;
    }

    /** Copies as many bytes as there are. */
    abstract void copyTo(int position, byte[] target);

    @Override
    public final byte[] getSerialized() {
        return bytes.clone();
    }
}
