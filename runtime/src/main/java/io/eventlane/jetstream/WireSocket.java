package io.eventlane.jetstream;

import java.io.IOException;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.nats.client.Options;
import io.nats.client.impl.SocketDataPortWithWriteTimeout;

/**
 * The client's usual socket, with {@link UnreadHeaders} before what the client reads. Public because the client makes one by
 * its
 * name for each attempt to connect.
 */
public final class WireSocket extends SocketDataPortWithWriteTimeout {

    private @Nullable UnreadHeaders filter;

    @Override
    public void afterConstruct(Options options) {
        super.afterConstruct(options);
        filter = new UnreadHeaders(options.getInboxPrefix());
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        try {
            return Objects.requireNonNull(filter, "no options yet").read(super::read, to, offset, length);
        } catch (RuntimeException e) {
            // The client makes a new connection after an IOException, and reads no more after anything else.
            throw new IOException("What the server has sent is not the protocol of NATS", e);
        }
    }
}
