package io.eventlane.jetstream;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jboss.logging.Logger;

import io.eventlane.InvalidEventException;
import io.eventlane.Position;
import io.eventlane.channel.KeyFailures;
import io.eventlane.spi.Outbound;
import io.eventlane.spi.OutboundException;
import io.eventlane.spi.OutboundRecord;

/**
 * Publishes the events of one outgoing channel to a JetStream stream. Stages complete on the thread of the
 * {@link AckInbox}; those of events that fail for another reason than an answer, on the thread that finds out. Neither must be
 * blocked.
 * <p>
 * <em>Never blocking.</em> The client's queue has no bound, so the only wait is the one for a permit at the bound of events in
 * flight, and that is the caller's choice.
 * <p>
 * <em>Once.</em> Every attempt has the same {@code Nats-Msg-Id}, and there is none after the stream may have forgotten it. What
 * may be stored and has no acknowledgement when its time is over is UNKNOWN, never FAILED.
 * <p>
 * <em>Order.</em> Events are on their way together, and a stream has nothing that keeps the second one out when it did not get
 * the first. What is kept of an ordered channel's keys:
 * <ul>
 * <li>A lost connection, a server that was killed or frozen, and a stream that was away change nothing: what is unanswered is
 * sent again in order, before anything new, and what the client still had in its queue is refused by the stream
 * ({@link AttemptHeaders}).
 * <li>When a later event of the key is stored and an earlier one has no acknowledgement, the earlier one is never sent again.
 * It
 * is FAILED when the stream has refused it, and UNKNOWN when nobody has answered. Events of the key that were accepted before
 * that was known, and were not sent, fail too.
 * <li>What can still go wrong takes two faults: the stream loses an event without a word, and answers a later one of the key,
 * which it got in the same session, only after {@code ack-timeout}. Then the first one has been sent again, behind it.
 * </ul>
 * Who waits for each receipt before publishing the next event of a key, as handlers with {@code @Outgoing} do, has none of
 * this.
 */
final class JetStreamOutbound implements Outbound {

    private static final Logger LOG = Logger.getLogger(JetStreamOutbound.class);

    private static final Duration TIME_TO_END = Duration.ofSeconds(1);

    private final JetStreamOutgoing settings;
    private final WireForm form;
    private final PublishFailures failures;
    private final KeyFailures keyFailures = new KeyFailures();
    private final Semaphore permits;
    private final AckInbox inbox;
    private final Sender sender;
    private final AtomicBoolean closed = new AtomicBoolean();

    private JetStreamOutbound(JetStreamOutgoing settings, AckInbox inbox, TopicStream stream,
            ScheduledExecutorService timer) {
        this.settings = settings;
        this.form = new WireForm(settings);
        this.failures = new PublishFailures(settings);
        this.permits = new Semaphore(settings.maxInflight());
        this.inbox = inbox;
        this.sender = new Sender(settings, stream, failures, keyFailures, new ToCallers(), timer);
    }

    /**
     * Opens a channel, and gets ready for its first event in the background.
     *
     * @param timer runs short tasks that never block; it must live longer than the channel
     */
    static JetStreamOutbound open(JetStreamOutgoing settings, AckInbox inbox, TopicStream stream,
            ScheduledExecutorService timer) {
        JetStreamOutbound outbound = new JetStreamOutbound(settings, inbox, stream, timer);
        inbox.add(outbound.sender);
        return outbound;
    }

    // Sending

    @Override
    public CompletionStage<Position> send(OutboundRecord record) {
        return send(record, true);
    }

    @Override
    public CompletionStage<Position> trySend(OutboundRecord record) {
        return send(record, false);
    }

    private CompletionStage<Position> send(OutboundRecord record, boolean mayWait) {
        Sending sending;
        try {
            byte[] orderedBy = settings.ordered() ? record.key() : null;
            sending = new Sending(form.of(record), orderedBy, keyFailures.now());
        } catch (InvalidEventException e) {
            return CompletableFuture.failedStage(failures.invalid(e, false));
        }
        if (permits.tryAcquire() || mayWait && awaitPermit(sending)) {
            if (closed.get()) {
                permits.release();
                sending.completeExceptionally(failures.closed(false));
            } else {
                sender.accept(sending);
            }
        } else if (!sending.isDone()) {
            sending.completeExceptionally(closed.get() ? failures.closed(false) : failures.backPressure(null));
        }
        return sending;
    }

    /** @return whether there is one; if not, the event has failed */
    private boolean awaitPermit(Sending sending) {
        Duration longest = settings.deliveryTimeout();
        try {
            if (permits.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
                return true;
            }
            sending.completeExceptionally(failures.backPressure(longest));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            sending.completeExceptionally(failures.interrupted(e));
        }
        return false;
    }

    /** For tests. */
    Sender sender() {
        return sender;
    }

    private final class ToCallers implements Sender.Outcomes {

        @Override
        public void stored(Sending sending, Position position) {
            permits.release();
            sending.complete(position);
        }

        @Override
        public void failed(Sending sending, OutboundException failure) {
            permits.release();
            sending.completeExceptionally(failure);
        }
    }

    // Life

    @Override
    public void close(Duration deadline) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (!awaitInflight(deadline)) {
            int unknown = settings.maxInflight() - permits.availablePermits();
            sender.end();
            awaitInflight(TIME_TO_END);
            LOG.warnf("Channel %s: closed with %d events that were not acknowledged within %s. Whether the stream has them is "
                    + "UNKNOWN, unless they were not sent at all", settings.channel(), unknown, deadline);
        }
        sender.end();
        inbox.remove(sender);
    }

    private boolean awaitInflight(Duration deadline) {
        try {
            if (permits.tryAcquire(settings.maxInflight(), deadline.toNanos(), TimeUnit.NANOSECONDS)) {
                permits.release(settings.maxInflight());
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
