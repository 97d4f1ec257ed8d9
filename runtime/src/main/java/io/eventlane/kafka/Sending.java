package io.eventlane.kafka;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

import io.eventlane.Position;
import io.eventlane.channel.KeyFailures;
import io.eventlane.spi.OutboundRecord;

/** One record on its way: the caller's stage and the client's callback in one. */
final class Sending extends CompletableFuture<Position> implements Callback {

    /** What came of handing the record to the producer. */
    enum Handed {
        /** The callback has been called or will be. */
        ACCEPTED,
        /** The producer would have had to wait, for metadata or memory, and has kept nothing of the record. */
        NOT_YET
    }

    private final KafkaOutbound outbound;
    final OutboundRecord record;
    final KeyFailures.Mark mark;

    /** The thread inside {@link #hand}: what the client reports on it then was never sent. */
    private @Nullable Thread handing;
    private @Nullable Exception refusal;

    Sending(KafkaOutbound outbound, OutboundRecord record, KeyFailures.Mark mark) {
        this.outbound = outbound;
        this.record = record;
        this.mark = mark;
    }

    /** Hands the record to the producer, which is configured never to wait. */
    Handed hand(Producer<byte[], byte[]> producer, String topic) {
        refusal = null;
        handing = Thread.currentThread();
        try {
            producer.send(toKafka(topic), this);
        } catch (RuntimeException e) {
            refusal = e;
        } finally {
            handing = null;
        }
        Exception refused = refusal;
        if (refused instanceof TimeoutException) {
            return Handed.NOT_YET;
        }
        if (refused != null) {
            outbound.failed(this, refused, false);
        }
        return Handed.ACCEPTED;
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
        if (exception == null && metadata != null) {
            outbound.acknowledged(this, new Position(metadata.topic(), metadata.partition(), metadata.offset()));
        } else if (Thread.currentThread().equals(handing)) {
            refusal = exception;
        } else {
            outbound.failed(this, exception, true);
        }
    }

    /** Why the record could not be handed over the last time. */
    @Nullable
    Exception refusal() {
        return refusal;
    }

    private ProducerRecord<byte[], byte[]> toKafka(String topic) {
        var kafka = new ProducerRecord<byte[], byte[]>(topic, record.key(), record.payload());
        for (Map.Entry<String, byte[]> header : record.headers()) {
            kafka.headers().add(header.getKey(), header.getValue());
        }
        return kafka;
    }
}
