package io.eventlane.jetstream;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.eventlane.InvalidEventException;
import io.eventlane.Position;
import io.eventlane.spi.Outbound;
import io.eventlane.spi.OutboundRecord;
import io.nats.client.Connection;
import io.nats.client.impl.Headers;

/**
 * Publishes to an ephemeral topic, a subject of core NATS. Nobody keeps the event and nobody acknowledges it: it counts as
 * published once the client has taken it while it has a connection. The position of a receipt counts what this channel has
 * published.
 */
final class EphemeralOutbound implements Outbound {

    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final JetStreamOutgoing settings;
    private final Link link;
    private final WireForm form;
    private final PublishFailures failures;
    private final Unwritten unwritten;
    private final AtomicLong published = new AtomicLong();
    private volatile boolean closed;

    EphemeralOutbound(JetStreamOutgoing settings, Link link) {
        this.settings = settings;
        this.link = link;
        this.form = new WireForm(settings);
        this.failures = new PublishFailures(settings);
        this.unwritten = new Unwritten(settings.maxInflight());
    }

    @Override
    public CompletionStage<Position> send(OutboundRecord record) {
        long end = System.nanoTime() + settings.deliveryTimeout().toNanos();
        while (isFull() && !closed) {
            if (System.nanoTime() - end >= 0) {
                return CompletableFuture.failedStage(failures.backPressure(settings.deliveryTimeout()));
            }
            if (Thread.currentThread().isInterrupted()) {
                return CompletableFuture.failedStage(failures.interrupted(new InterruptedException()));
            }
            LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
        }
        return publish(record);
    }

    @Override
    public CompletionStage<Position> trySend(OutboundRecord record) {
        return isFull() ? CompletableFuture.failedStage(failures.backPressure(null)) : publish(record);
    }

    /** For tests. */
    Unwritten unwritten() {
        return unwritten;
    }

    /** The client would take any number of messages, and keep those that it cannot write yet. */
    private boolean isFull() {
        return unwritten.isFull(link.status());
    }

    private CompletionStage<Position> publish(OutboundRecord record) {
        if (closed) {
            return CompletableFuture.failedStage(failures.closed(false));
        }
        Connection connection = link.connection();
        LinkStatus status = link.status();
        if (connection == null || !status.connected()) {
            return CompletableFuture.failedStage(failures.expired(failures.notConnected(), false));
        }
        try {
            WireMessage message = form.of(record);
            if (message.size() > connection.getMaxPayload()) {
                return CompletableFuture.failedStage(
                        failures.tooLarge(message.size(), connection.getMaxPayload(), "the server (max_payload)", false));
            }
            if (!hand(message, connection, status)) {
                return CompletableFuture.failedStage(failures.interruptedInClient());
            }
        } catch (InvalidEventException e) {
            return CompletableFuture.failedStage(failures.invalid(e, false));
        } catch (IllegalStateException notConnected) {
            return CompletableFuture.failedStage(failures.expired(failures.notConnected(), false));
        }
        return CompletableFuture.completedStage(new Position(settings.topic(), 0, published.incrementAndGet()));
    }

    /** @return whether the client has taken it, as far as is known */
    private boolean hand(WireMessage message, Connection connection, LinkStatus status) {
        Headers headers = unwritten.take(message.headers(), status);
        // The client drops what an interrupted thread publishes.
        boolean interrupted = Thread.interrupted();
        boolean taken = false;
        try {
            connection.publish(message.subject(), headers, message.payload());
            taken = !Thread.currentThread().isInterrupted();
            return taken;
        } finally {
            if (!taken) {
                unwritten.notTaken();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close(Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        closed = true;
        Connection connection = link.connection();
        while (connection != null && isWriting(connection) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
        }
    }

    private boolean isWriting(Connection connection) {
        if (unwritten.count() <= 0 || connection.getStatus() != Connection.Status.CONNECTED) {
            return false;
        }
        // What was taken before the connection was made again may be lost, which the client alone knows.
        return unwritten.isLatest(link.status()) || connection.outgoingPendingMessageCount() > 0;
    }
}
