package io.eventlane.memory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.eventlane.EventlaneException;
import io.eventlane.Position;
import io.eventlane.channel.DeadLetterReplay;
import io.eventlane.spi.OutboundRecord;

/**
 * The reader of a dead-letter topic for whom the letters are kept. Channels of a group that share the topic share the
 * reader, too: of their replays, one waits for the other.
 */
final class MemoryDeadLetterReplay implements DeadLetterReplay {

    private static final Duration MAX_WAIT = Duration.ofMinutes(1);
    private static final long STOP_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final MemoryTopics topics;
    private final TopicReader letters;
    private final int bound;
    private final ReentrantLock running = new ReentrantLock();

    /**
     * @param bound how many events of a topic may wait for a reader when a letter is sent there
     */
    MemoryDeadLetterReplay(MemoryTopics topics, String topic, int bound) {
        this.topics = topics;
        this.letters = topics.topic(topic).reader();
        this.bound = bound;
    }

    @Override
    public void run(Sorter sorter, BooleanSupplier stop) throws InterruptedException {
        running.lockInterruptibly();
        try {
            long last = letters.topic().newest();
            for (Stored letter = letters.peek(); letter != null && letter.offset <= last; letter = letters.peek()) {
                requireGoingOn(stop);
                send(new MemoryInboundRecord(letters.topic().name(), letter), sorter, stop);
                letters.pass(letter);
                letters.release();
            }
        } finally {
            running.unlock();
        }
    }

    private void send(MemoryInboundRecord letter, Sorter sorter, BooleanSupplier stop) throws InterruptedException {
        Way way = sorter.sort(letter);
        switch (way) {
            case Way.Pass() -> {
            }
            case Way.Stay() -> {
                sorter.sending(letter, way);
                // It takes the place that it leaves.
                sorter.sent(letter, way, letters.topic().tryAppend(record(letter, letter.unwrap().headers()), Long.MAX_VALUE));
            }
            case Way.To(String topic, int partition, List<Map.Entry<String, byte[]>> headers) -> {
                sorter.sending(letter, way);
                Position at = append(topics.topic(topic), record(letter, headers), stop);
                sorter.sent(letter, way, at);
                if (at == null) {
                    requireGoingOn(stop);
                    throw new EventlaneException(
                            "the letter at %s was not sent: %d events of topic %s wait for a reader already"
                                    .formatted(letter, bound, topic));
                }
            }
        }
    }

    private @Nullable Position append(MemoryTopic topic, OutboundRecord record, BooleanSupplier stop)
            throws InterruptedException {
        long end = System.nanoTime() + MAX_WAIT.toNanos();
        Position at;
        do {
            at = topic.append(record, bound, STOP_EVERY_NANOS, stop);
        } while (at == null && !stop.getAsBoolean() && end - System.nanoTime() > 0);
        return at;
    }

    private static OutboundRecord record(MemoryInboundRecord letter, List<Map.Entry<String, byte[]>> headers) {
        return new OutboundRecord(letter.toString(), letter.key(), letter.payload(), headers);
    }

    private static void requireGoingOn(BooleanSupplier stop) {
        if (stop.getAsBoolean()) {
            throw new EventlaneException("the application stops");
        }
    }
}
