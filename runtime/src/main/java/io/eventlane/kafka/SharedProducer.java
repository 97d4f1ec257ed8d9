package io.eventlane.kafka;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.producer.Producer;

/** The one producer of all channels with the same settings. It is closed by the last of them. */
final class SharedProducer {

    private final Producer<byte[], byte[]> producer;
    private final AtomicInteger users = new AtomicInteger();

    SharedProducer(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    Producer<byte[], byte[]> use() {
        users.incrementAndGet();
        return producer;
    }

    /**
     * Called once by each user.
     *
     * @param deadline how long the last one waits for records on their way, before their callbacks are told that they failed
     */
    void release(Duration deadline) {
        if (users.decrementAndGet() == 0) {
            producer.close(deadline);
        }
    }
}
