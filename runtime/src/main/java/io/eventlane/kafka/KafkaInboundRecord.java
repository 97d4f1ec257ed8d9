package io.eventlane.kafka;

import java.time.Instant;
import java.util.function.BiConsumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

import io.eventlane.Position;
import io.eventlane.spi.InboundRecord;

/** A Kafka record as it came, and what its attempts leave for each other. */
final class KafkaInboundRecord implements InboundRecord {

    private final ConsumerRecord<byte[], byte[]> record;
    private @Nullable Object kept;

    KafkaInboundRecord(ConsumerRecord<byte[], byte[]> record) {
        this.record = record;
    }

    /** The bytes of key and payload on the wire. */
    int size() {
        return Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }

    @Override
    public String topic() {
        return record.topic();
    }

    @Override
    public Position position() {
        return new Position(record.topic(), record.partition(), record.offset());
    }

    @Override
    public Instant timestamp() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    @Override
    public byte @Nullable [] key() {
        return record.key();
    }

    @Override
    public byte @Nullable [] payload() {
        return record.value();
    }

    @Override
    public byte @Nullable [] header(String name) {
        Header last = record.headers().lastHeader(name);
        return last == null ? null : last.value();
    }

    @Override
    public void forEachHeader(BiConsumer<String, byte @Nullable []> action) {
        for (Header header : record.headers()) {
            action.accept(header.key(), header.value());
        }
    }

    @Override
    public ConsumerRecord<byte[], byte[]> unwrap() {
        return record;
    }

    @Override
    public @Nullable Object kept() {
        return kept;
    }

    @Override
    public void keep(@Nullable Object state) {
        kept = state;
    }

    @Override
    public String toString() {
        return position().toString();
    }
}
