package io.eventlane.it.guarantees;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

import io.eventlane.it.guarantees.Workload.Keyed;
import io.eventlane.journal.Entry;
import io.eventlane.journal.Entry.What;

/** Publishes a scenario's events at its rate, whatever happens meanwhile, and notes which of them were acknowledged. */
final class Publisher implements AutoCloseable {

    private final Scenario scenario;
    private final String topic;
    private final KafkaProducer<String, String> producer;
    private final Queue<Entry> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Thread thread = Thread.ofPlatform().name("publisher").daemon().unstarted(this::publish);

    Publisher(Scenario scenario, String topic, String bootstrapServers) {
        this.scenario = scenario;
        this.topic = topic;
        this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers, "acks", "all",
                "enable.idempotence", "true", "request.timeout.ms", "5000", "delivery.timeout.ms", "180000",
                "max.block.ms", "180000"), new StringSerializer(), new StringSerializer());
    }

    void start() {
        thread.start();
    }

    /** Returns when all is acknowledged. */
    void await() throws InterruptedException {
        thread.join();
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("The events could not be published", failure.get());
        }
    }

    boolean isDone() {
        return !thread.isAlive();
    }

    /** What the broker has acknowledged so far. */
    Collection<Entry> acknowledged() {
        return acknowledged;
    }

    private void publish() {
        Workload workload = new Workload(scenario);
        long begin = System.nanoTime();
        long period = TimeUnit.SECONDS.toNanos(1) / scenario.rate();
        for (int i = 0; i < scenario.events() && !Thread.interrupted(); i++) {
            long left = begin + i * period - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(left);
            }
            Keyed event = workload.next();
            producer.send(new ProducerRecord<>(topic, event.key(), event.work().toString()),
                    (metadata, problem) -> acknowledged(event, metadata, problem));
        }
    }

    private void acknowledged(Keyed event, RecordMetadata metadata, Exception problem) {
        if (problem != null) {
            failure.compareAndSet(null, problem);
            return;
        }
        acknowledged.add(new Entry(What.PUBLISHED, "publisher", "events", event.key(), event.work().number(),
                metadata.topic() + "-" + metadata.partition() + "@" + metadata.offset(), Entry.NONE, Entry.NONE,
                System.nanoTime(), Entry.NONE));
    }

    @Override
    public void close() {
        thread.interrupt();
        producer.close(Duration.ofSeconds(5));
    }
}
