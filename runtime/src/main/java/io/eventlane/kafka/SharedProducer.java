package io.eventlane.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/** The one producer of all channels with the same settings. It is closed by the last of them. */
final class SharedProducer {

    private final Map<String, Object> settings;
    private final Producer<byte[], byte[]> producer;
    private final AtomicInteger users = new AtomicInteger();

    SharedProducer(Map<String, Object> settings) {
        this.settings = settings;
        this.producer = new KafkaProducer<>(settings);
    }

    Producer<byte[], byte[]> use() {
        users.incrementAndGet();
        return producer;
    }

    TopicWarmUp warmUp(String topic, ScheduledExecutorService timer) {
        return new TopicWarmUp(topic, producer, Admin.create(adminSettings()), timer);
    }

    /**
     * Called once by each user.
     *
     * @param deadline how long the last one waits for records on their way, before their callbacks are told that they
     *        failed
     */
    void release(Duration deadline) {
        if (users.decrementAndGet() == 0) {
            producer.close(deadline);
        }
    }

    private Map<String, Object> adminSettings() {
        Map<String, Object> known = new HashMap<>(settings);
        known.keySet().retainAll(AdminClientConfig.configNames());
        return known;
    }
}
