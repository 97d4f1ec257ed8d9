package io.eventlane.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
import org.jspecify.annotations.Nullable;

import io.eventlane.EventlaneException;
import io.eventlane.Position;
import io.eventlane.spi.InboundRecord;

/**
 * Reads a dead-letter topic from where the last replay ended, and sends on what stands in it. It has clients of its own,
 * which are closed when it ends.
 */
public final class DeadLetterReplay {

    private static final Logger LOG = Logger.getLogger(DeadLetterReplay.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final String topic;
    private final ReplaySettings settings;

    private DeadLetterReplay(String topic, ReplaySettings settings) {
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
        return new DeadLetterReplay(deadLetters.topic(), ReplaySettings.of(clientDefaults, group, consumer, deadLetters));
    }

    /** Where a letter goes. */
    public sealed interface Way {

        /**
         * To a topic.
         *
         * @param partition taken where the topic has it
         * @param headers instead of the letter's
         */
        record To(String topic, int partition, List<Map.Entry<String, byte[]>> headers) implements Way {
        }

        /** To the end of its own partition, as it is. */
        record Stay() implements Way {
        }

        /** Nowhere. */
        record Pass() implements Way {
        }
    }

    /** Says where letters go, and hears of it. Called on the thread of {@link #run}, in the order of each partition. */
    public interface Sorter {

        /** Called once for each letter. */
        Way sort(InboundRecord letter);

        /** Called right before a letter is sent. */
        void sending(InboundRecord letter, Way way);

        /**
         * Called when the broker has answered.
         *
         * @param at where the letter stands now; {@code null} when it was not sent, or nobody knows
         */
        void sent(InboundRecord letter, Way way, @Nullable Position at);
    }

    /**
     * Goes through all letters that are there now. Blocks.
     *
     * @param stop asked from time to time: the replay then fails
     * @throws EventlaneException when a letter was not acknowledged, or the broker does not answer
     * @throws InterruptedException when the thread is interrupted
     */
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
