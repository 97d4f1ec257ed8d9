package io.eventlane.kafka;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.kafka.clients.producer.Producer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.eventlane.Position;
import io.eventlane.channel.KeyFailures;
import io.eventlane.kafka.Sending.Handed;
import io.eventlane.spi.Outbound;
import io.eventlane.spi.OutboundException;
import io.eventlane.spi.OutboundRecord;

/**
 * Sends the records of one outgoing channel. Stages complete on the producer's network thread, which must not be
 * blocked.
 * <p>
 * <em>Never blocking.</em> The producer is configured not to wait ({@code max.block.ms=0}): what it cannot take at
 * once goes to the {@link Backlog}, as does all that is sent before the topic is {@linkplain TopicWarmUp warm}. So
 * the only wait is the one for a permit at the bound of records in flight, and that is the caller's choice.
 * <p>
 * <em>Order.</em> Records of a key go to one partition, pipelined, and the idempotent producer keeps their order over
 * its own retries. When a batch fails for good, the producer renumbers what it has pipelined behind it and sends it:
 * those records can not be taken back, and may arrive without the one that failed. What this class still holds can
 * be: an ordered channel fails a record that was accepted before an earlier one of its key failed, rather than let it
 * overtake. A record that is sent by a caller who could know of the failure goes out as any other.
 */
final class KafkaOutbound implements Outbound {

    private static final Logger LOG = Logger.getLogger(KafkaOutbound.class);

    private final KafkaOutgoing settings;
    private final SharedProducer shared;
    private final Producer<byte[], byte[]> producer;
    private final TopicWarmUp warmUp;
    private final Duration maxBlock;
    private final SendFailures failures;
    private final KeyFailures keyFailures = new KeyFailures();
    private final Semaphore permits;
    private final Backlog backlog;
    private final AtomicBoolean closed = new AtomicBoolean();

    KafkaOutbound(KafkaOutgoing settings, ProducerSettings client, SharedProducer shared, ScheduledExecutorService timer) {
        this.settings = settings;
        this.shared = shared;
        this.producer = shared.use();
        this.warmUp = shared.warmUp(settings.topic(), timer);
        this.maxBlock = client.maxBlock();
        this.failures = new SendFailures(settings.channel(), settings.topic(), client.servers());
        this.permits = new Semaphore(settings.maxInflight());
        this.backlog = new Backlog(new Exit(), timer, client.maxBlock());
    }

    // Sending

    @Override
    public CompletionStage<Position> send(OutboundRecord record) {
        Sending sending = new Sending(this, record, keyFailures.now());
        try {
            if (permits.tryAcquire() || permits.tryAcquire(maxBlock.toNanos(), TimeUnit.NANOSECONDS)) {
                accept(sending);
            } else {
                sending.completeExceptionally(failures.backPressure(settings, maxBlock));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            sending.completeExceptionally(failures.interrupted(e));
        }
        return sending;
    }

    @Override
    public CompletionStage<Position> trySend(OutboundRecord record) {
        Sending sending = new Sending(this, record, keyFailures.now());
        if (permits.tryAcquire()) {
            accept(sending);
        } else {
            sending.completeExceptionally(closed.get() ? failures.closed() : failures.backPressure(settings, null));
        }
        return sending;
    }

    private void accept(Sending sending) {
        if (closed.get()) {
            finish(sending, failures.closed());
        } else if (!backlog.isEmpty() || hand(sending) == Handed.NOT_YET) {
            backlog.add(sending);
        }
    }

    private Handed hand(Sending sending) {
        byte[] key = sending.record.key();
        if (settings.ordered() && key != null) {
            Throwable predecessor = KeyFailures.since(sending.mark, key);
            if (predecessor != null) {
                finish(sending, failures.predecessor(predecessor));
                return Handed.ACCEPTED;
            }
        }
        return warmUp.isOver() ? sending.hand(producer, settings.topic()) : Handed.NOT_YET;
    }

    private final class Exit implements Backlog.Exit {

        @Override
        public Handed hand(Sending sending) {
            return KafkaOutbound.this.hand(sending);
        }

        @Override
        public void expired(Sending sending) {
            finish(sending, closed.get() ? failures.closed() : failures.expired(sending.refusal(), maxBlock));
        }
    }

    // Outcomes, on the producer's thread or on the one that sends

    void acknowledged(Sending sending, Position position) {
        permits.release();
        sending.complete(position);
    }

    void failed(Sending sending, @Nullable Throwable cause, boolean sent) {
        finish(sending, failures.of(cause, sent, closed.get()));
    }

    private void finish(Sending sending, OutboundException failure) {
        byte[] key = sending.record.key();
        if (settings.ordered() && key != null) {
            keyFailures.add(key, failure);
        }
        permits.release();
        sending.completeExceptionally(failure);
    }

    // Life

    /** Gets ready for the first record in the background. */
    void warm() {
        warmUp.start();
    }

    @Override
    public void close(Duration deadline) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        long end = System.nanoTime() + deadline.toNanos();
        awaitInflight(deadline);
        warmUp.end();
        backlog.close();
        int unknown = settings.maxInflight() - permits.availablePermits();
        if (unknown > 0) {
            LOG.warnf("Channel %s: closed with %d events that were not acknowledged within %s. "
                    + "Whether the broker has them is UNKNOWN", settings.channel(), unknown, deadline);
        }
        shared.release(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }

    private void awaitInflight(Duration deadline) {
        try {
            if (permits.tryAcquire(settings.maxInflight(), deadline.toNanos(), TimeUnit.NANOSECONDS)) {
                permits.release(settings.maxInflight());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
