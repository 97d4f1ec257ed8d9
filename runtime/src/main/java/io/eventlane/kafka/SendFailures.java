package io.eventlane.kafka;

import java.time.Duration;

import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

import io.eventlane.PublishException.Reason;
import io.eventlane.PublishReceipt.Status;
import io.eventlane.spi.OutboundException;

/** Says of a record that was not acknowledged why, and whether it may be on the broker all the same. */
final class SendFailures {

    private final String channel;
    private final String topic;
    private final String servers;

    SendFailures(String channel, String topic, String servers) {
        this.channel = channel;
        this.topic = topic;
        this.servers = servers;
    }

    /**
     * @param sent whether the producer had taken the record, so that it may have left this process. A time-out does
     *        not tell: the client gives the same one for a batch that never left and for one whose answer never came
     */
    OutboundException of(@Nullable Throwable cause, boolean sent, boolean closed) {
        if (cause instanceof RecordTooLargeException) {
            return failure(Reason.TOO_LARGE, Status.FAILED, cause, "is too large: " + cause.getMessage()
                    + " (max.request.size of the channel, message.max.bytes of the broker)");
        }
        if (cause instanceof RetriableException) {
            return failure(Reason.UNREACHABLE, sent ? Status.UNKNOWN : Status.FAILED, cause,
                    "was not acknowledged by the broker at %s: %s".formatted(servers, cause.getMessage()));
        }
        if (cause instanceof OutOfOrderSequenceException) {
            return failure(Reason.REJECTED, Status.UNKNOWN, cause, "was refused by the broker: " + cause.getMessage());
        }
        if (closed && !(cause instanceof ApiException)) {
            return failure(Reason.CLOSED, sent ? Status.UNKNOWN : Status.FAILED, cause,
                    "was not acknowledged before the channel was closed");
        }
        return failure(Reason.REJECTED, Status.FAILED, cause, "was refused: " + cause);
    }

    /** The record waited in vain for the producer to take it. */
    OutboundException expired(@Nullable Throwable refusal, Duration waited) {
        if (refusal instanceof BufferExhaustedException) {
            return failure(Reason.BACK_PRESSURE, Status.FAILED, refusal,
                    "found no room in the producer's memory within %s (buffer.memory, max.block.ms)".formatted(waited));
        }
        return failure(Reason.UNREACHABLE, Status.FAILED, refusal,
                "could not be sent within %s (max.block.ms): the broker at %s cannot be reached, or has no topic %s"
                        .formatted(waited, servers, topic));
    }

    OutboundException backPressure(KafkaOutgoing settings, @Nullable Duration waited) {
        String property = settings.maxInflightProperty();
        return failure(Reason.BACK_PRESSURE, Status.FAILED, null,
                "was not sent: %d events are in flight already%s%s".formatted(settings.maxInflight(),
                        property == null ? "" : " (" + property + ')',
                        waited == null ? ", and this thread must not wait" : ", and none was acknowledged within " + waited));
    }

    OutboundException interrupted(InterruptedException cause) {
        return failure(Reason.BACK_PRESSURE, Status.FAILED, cause,
                "was not sent: the thread was interrupted while it waited for events in flight");
    }

    OutboundException predecessor(Throwable cause) {
        return failure(Reason.PREDECESSOR_FAILED, Status.FAILED, cause,
                "was not sent, because an earlier event of its key failed: " + cause.getMessage());
    }

    OutboundException closed() {
        return failure(Reason.CLOSED, Status.FAILED, null, "was not sent: the channel is closed");
    }

    private OutboundException failure(Reason reason, Status status, @Nullable Throwable cause, String what) {
        return new OutboundException(reason, status, "Channel %s: an event for topic %s %s".formatted(channel, topic, what),
                cause);
    }
}
