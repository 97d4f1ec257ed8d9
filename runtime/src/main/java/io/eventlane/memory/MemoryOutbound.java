package io.eventlane.memory;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.eventlane.Position;
import io.eventlane.PublishException.Reason;
import io.eventlane.PublishReceipt.Status;
import io.eventlane.spi.Outbound;
import io.eventlane.spi.OutboundException;
import io.eventlane.spi.OutboundRecord;

/**
 * Publishes the events of one outgoing channel. An event is acknowledged when the topic has it, before the call returns:
 * nothing is ever on its way, and an event that was refused is never sent later.
 */
final class MemoryOutbound implements Outbound {

    private static final Duration MAX_WAIT = Duration.ofMinutes(1);

    private final MemoryOutgoing settings;
    private final MemoryTopic topic;
    private final Duration maxWait;
    private volatile boolean closed;

    MemoryOutbound(MemoryOutgoing settings, MemoryTopic topic) {
        this(settings, topic, MAX_WAIT);
    }

    /**
     * @param maxWait how long a publisher waits for readers, at most
     */
    MemoryOutbound(MemoryOutgoing settings, MemoryTopic topic, Duration maxWait) {
        this.settings = settings;
        this.topic = topic;
        this.maxWait = maxWait;
    }

    @Override
    public CompletionStage<Position> send(OutboundRecord record) {
        if (closed) {
            return failed(Reason.CLOSED, "the channel is closed", null);
        }
        try {
            Position at = topic.append(own(record), settings.maxInflight(), maxWait.toNanos(), () -> closed);
            return at == null ? refused(", and none was taken within " + maxWait) : CompletableFuture.completedStage(at);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(Reason.BACK_PRESSURE, "the thread was interrupted while it waited for readers of the topic", e);
        }
    }

    @Override
    public CompletionStage<Position> trySend(OutboundRecord record) {
        if (closed) {
            return failed(Reason.CLOSED, "the channel is closed", null);
        }
        Position at = topic.tryAppend(own(record), settings.maxInflight());
        return at == null ? refused(", and this thread must not wait") : CompletableFuture.completedStage(at);
    }

    /** A broker gets a copy of the bytes, which the application may go on using. */
    private static OutboundRecord own(OutboundRecord record) {
        byte[] payload = record.payload();
        return payload == null ? record
                : new OutboundRecord(record.eventId(), record.key(), payload.clone(), record.headers());
    }

    private CompletionStage<Position> refused(String why) {
        String property = settings.maxInflightProperty();
        return closed ? failed(Reason.CLOSED, "the channel is closed", null)
                : failed(Reason.BACK_PRESSURE, "%d events of the topic wait for a reader already%s%s".formatted(
                        settings.maxInflight(), property == null ? "" : " (" + property + ')', why), null);
    }

    private CompletionStage<Position> failed(Reason reason, String why, @Nullable Throwable cause) {
        return CompletableFuture.failedStage(new OutboundException(reason, Status.FAILED,
                "Channel %s: an event for topic %s was not sent: %s".formatted(settings.channel(), settings.topic(), why),
                cause));
    }

    @Override
    public void close(Duration deadline) {
        closed = true;
        topic.wakeWaiting();
    }
}
