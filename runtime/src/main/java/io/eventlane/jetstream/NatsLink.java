package io.eventlane.jetstream;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.nats.client.Connection;
import io.nats.client.Connection.Status;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.ForceReconnectOptions;
import io.nats.client.JetStreamOptions;
import io.nats.client.Nats;
import io.nats.client.Options;

/**
 * The application's one connection to NATS. The client connects again by itself when it has lost its server; a thread of this
 * class makes the first connection, a new one when the client has given up, and leaves a server that says that it is about
 * to end.
 */
public final class NatsLink implements Link, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(NatsLink.class);

    /** A server that ends closes its connections 10 s after it has said so, unless configured otherwise. */
    private static final Duration LEAVE_WITHIN = Duration.ofSeconds(2);
    private static final Duration FLUSH = Duration.ofSeconds(1);
    private static final long CLOSE_AGAIN_MILLIS = 50;

    private final ConnectionSettings settings;
    private final LinkThreads threads = LinkThreads.start();
    private final LinkEvents events;
    private final Options options;
    private final Thread connector = LinkThreads.named("connect").newThread(this::connect);
    private final Semaphore wake = new Semaphore(0);
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean lameDuck;

    private NatsLink(ConnectionSettings settings) {
        this.settings = settings;
        this.events = new LinkEvents(threads.events(), this::attention, settings.servers(), System::nanoTime);
        this.options = LinkOptions.of(settings, threads, events);
    }

    /** Begins to connect, and returns before it has. */
    public static NatsLink open(ConnectionSettings settings) {
        NatsLink link = new NatsLink(settings);
        link.connector.start();
        return link;
    }

    @Override
    public @Nullable Connection connection() {
        return events.connection();
    }

    @Override
    public void listen(Listener listener) {
        events.listen(listener);
    }

    @Override
    public JetStreamOptions jetStream() {
        return settings.jetStream();
    }

    @Override
    public LinkStatus status() {
        return events.status();
    }

    private void attention(Events event) {
        if (event == Events.LAME_DUCK) {
            lameDuck = true;
        }
        wake.release();
    }

    // The connector's thread

    private void connect() {
        int failures = 0;
        while (!closed.get()) {
            try {
                keep(Nats.connect(options));
                failures = 0;
            } catch (Throwable e) {
                events.failed(e);
                pause(settings.reconnect().delayAfter(++failures));
            }
        }
    }

    /** Returns when the connection is closed, by the client or by {@link #close}. */
    private void keep(Connection connection) throws InterruptedException {
        while (!closed.get() && connection.getStatus() != Status.CLOSED) {
            wake.acquireUninterruptibly();
            if (lameDuck) {
                lameDuck = false;
                leave(connection);
            }
        }
        connection.close();
    }

    /** At a moment of its own, so that not all clients of that server come to another one at once. */
    private void leave(Connection connection) {
        if (connection.getServers().size() < 2) {
            LOG.warn("The NATS server is about to end, and there is no other one to go to");
            return;
        }
        LOG.info("The NATS server is about to end: going to another one");
        pause(Duration.ofNanos(ThreadLocalRandom.current().nextLong(LEAVE_WITHIN.toNanos())));
        if (closed.get()) {
            return;
        }
        try {
            connection.forceReconnect(ForceReconnectOptions.builder().flush(FLUSH).build());
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOG.debug("The NATS server could not be left: it will end the connection itself", e);
        }
    }

    private void pause(Duration duration) {
        wake.drainPermits();
        if (closed.get()) {
            return;
        }
        try {
            wake.tryAcquire(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            LOG.debug("Only the client interrupts this thread, and means nothing by it", e);
        }
    }

    // The end

    /**
     * Closes the connection and ends its threads. What is unanswered stays so. Idempotent.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        events.closing();
        wake.release();
        boolean interrupted = false;
        while (connector.isAlive()) {
            try {
                Connection latest = events.latest();
                if (latest != null) {
                    latest.close();
                }
                connector.join(CLOSE_AGAIN_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        events.closed();
        threads.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
