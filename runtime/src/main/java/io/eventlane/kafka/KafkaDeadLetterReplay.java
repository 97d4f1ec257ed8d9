package io.eventlane.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

import io.eventlane.EventlaneException;
import io.eventlane.channel.DeadLetterReplay;

/** A replay has clients of its own, which are closed when it ends. */
public final class KafkaDeadLetterReplay implements DeadLetterReplay {

    private static final Logger LOG = Logger.getLogger(KafkaDeadLetterReplay.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final String topic;
    private final ReplaySettings settings;

    private KafkaDeadLetterReplay(String topic, ReplaySettings settings) {
        this.topic = topic;
        this.settings = settings;
    }

    /**
     * @param clientDefaults the {@code kafka.*} properties without their prefix
     * @param group the incoming channel's consumer group
     * @param consumer the attributes of the incoming channel that are Kafka's: where its events come from
     * @param deadLetters the dead-letter topic
     */
    public static DeadLetterReplay of(Map<String, Object> clientDefaults, String group, Map<String, String> consumer,
            KafkaOutgoing deadLetters) {
        return new KafkaDeadLetterReplay(deadLetters.topic(), ReplaySettings.of(clientDefaults, group, consumer, deadLetters));
    }

    @Override
    public void run(Sorter sorter, BooleanSupplier stop) throws InterruptedException {
        try (Closing clients = new Closing()) {
            Producer<byte[], byte[]> again = clients.add(new KafkaProducer<>(settings.again()));
            Producer<byte[], byte[]> back = settings.back().equals(settings.again()) ? again
                    : clients.add(new KafkaProducer<>(settings.back()));
            Consumer<byte[], byte[]> letters = new KafkaConsumer<>(settings.letters());
            clients.add(letters);
            new ReplayRun(topic, letters, new ReplayRound(letters, back, again, sorter), stop).run();
        } catch (InterruptException e) {
            throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
        } catch (KafkaException e) {
            throw new EventlaneException("topic %s cannot be read, or its letters not be sent: %s".formatted(topic, e), e);
        }
    }

    /** The clients of a run. A replay that ended well has nothing in flight, another has nothing worth a long wait. */
    private static final class Closing implements AutoCloseable {

        private final Deque<Runnable> clients = new ArrayDeque<>();

        Producer<byte[], byte[]> add(Producer<byte[], byte[]> producer) {
            clients.push(() -> producer.close(CLOSE_TIMEOUT));
            return producer;
        }

        void add(Consumer<byte[], byte[]> consumer) {
            clients.push(() -> consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT)));
        }

        @Override
        public void close() {
            // An interrupt would cut short what has to be given back.
            boolean interrupted = Thread.interrupted();
            try {
                clients.forEach(this::close);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private void close(Runnable client) {
            try {
                client.run();
            } catch (KafkaException e) {
                LOG.warnf(e, "A client of a replay did not close cleanly");
            }
        }
    }
}
