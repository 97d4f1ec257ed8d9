package io.eventlane.jetstream;

import java.io.IOException;

import io.nats.client.Options;
import io.nats.client.impl.SocketDataPort;

/**
 * The client's socket, with {@link UnreadHeaders} before what the client reads. Public because the client makes one by its
 * name for each attempt to connect.
 */
public final class WireSocket extends SocketDataPort {

    private UnreadHeaders filter = new UnreadHeaders("");

    @Override
    public void afterConstruct(Options options) {
        super.afterConstruct(options);
        filter = new UnreadHeaders(options.getInboxPrefix());
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        return filter.read(super::read, to, offset, length);
    }
}
