package io.eventlane.memory;

import static io.eventlane.memory.Events.event;
import static io.eventlane.memory.Events.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.eventlane.Position;
import io.eventlane.spi.OutboundRecord;

@Timeout(60)
class MemoryTopicTest {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final MemoryTopic topic = new MemoryTopic("orders", false);

    @Test
    void whenEventsArePublished_thenEachReaderGetsAllInTheirOrder() {
        TopicReader first = topic.reader();
        TopicReader second = topic.reader();

        for (int i = 0; i < 10; i++) {
            assertThat(topic.tryAppend(event("k", "event " + i), 100)).isEqualTo(new Position("orders", 0, i));
        }

        List<String> expected = List.of("0 event 0", "1 event 1", "2 event 2", "3 event 3", "4 event 4", "5 event 5",
                "6 event 6", "7 event 7", "8 event 8", "9 event 9");
        assertThat(read(first)).isEqualTo(expected);
        assertThat(read(second)).isEqualTo(expected);
    }

    @Test
    void whenManyPublish_thenNoOffsetIsGivenTwiceAndTheOrderOfEachIsKept() throws Exception {
        TopicReader reader = topic.reader();
        List<Thread> publishers = new ArrayList<>();
        for (int p = 0; p < 8; p++) {
            String name = "p" + p;
            publishers.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 5_000; i++) {
                    append(event(name, Integer.toString(i)), 100);
                }
            }));
        }

        Map<String, Integer> next = new HashMap<>();
        for (long offset = 0; offset < 40_000; offset++) {
            Stored event = awaitNext(reader);
            reader.pass(event);
            assertThat(event.offset).isEqualTo(offset);
            int number = next.merge(text(event.key), 1, Integer::sum) - 1;
            assertThat(text(event.payload)).isEqualTo(Integer.toString(number));
            assertThat(topic.newest() - reader.taken()).as("behind").isLessThanOrEqualTo(100);
            if (offset % 50 == 49) {
                reader.release();
            }
        }
        for (Thread publisher : publishers) {
            publisher.join();
        }
        assertThat(reader.peek()).isNull();
    }

    @Test
    void whenNobodyReads_thenNothingIsKept() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(topic.tryAppend(event(null, "x"), 1)).isNotNull();
        }

        TopicReader late = topic.reader();
        assertThat(late.peek()).isNull();
        assertThat(late.behind()).isZero();
        topic.tryAppend(event(null, "y"), 1);
        assertThat(read(late)).containsExactly("1000 y");
    }

    @Test
    void whenItIsNotKnownYetWhoReads_thenAllIsKeptAndNobodyWaitsForAReader() {
        MemoryTopic fresh = new MemoryTopic("orders", true);
        fresh.tryAppend(event(null, "early"), 1);
        TopicReader reader = fresh.reader();
        fresh.tryAppend(event(null, "later"), 1);
        fresh.tryAppend(event(null, "latest"), 1);

        assertThat(read(fresh.reader())).containsExactly("0 early", "1 later", "2 latest");
        fresh.stopKeeping();
        assertThat(fresh.tryAppend(event(null, "too many"), 1)).as("from now on there is a bound").isNull();
        assertThat(read(reader)).containsExactly("0 early", "1 later", "2 latest");
        assertThat(fresh.tryAppend(event(null, "one more"), 1)).isEqualTo(new Position("orders", 0, 3));
    }

    @Test
    void whenItBecomesKnownThatNobodyReads_thenNobodyIsRefusedMeanwhile() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            MemoryTopic fresh = new MemoryTopic("orders", true);
            fresh.tryAppend(event(null, "early"), 1);
            AtomicBoolean stopped = new AtomicBoolean();
            Thread stopping = Thread.ofPlatform().start(() -> {
                fresh.stopKeeping();
                stopped.set(true);
            });
            while (!stopped.get()) {
                assertThat(fresh.tryAppend(event(null, "meanwhile"), 1)).isNotNull();
            }
            stopping.join();
        }
    }

    @Test
    void whenAReaderIsAsFarBehindAsItMayBe_thenThereIsNoRoomUntilItGetsOn() {
        TopicReader slow = topic.reader();
        TopicReader fast = topic.reader();
        assertThat(topic.tryAppend(event(null, "a"), 2)).isNotNull();
        assertThat(topic.tryAppend(event(null, "b"), 2)).isNotNull();
        read(fast);

        assertThat(topic.tryAppend(event(null, "c"), 2)).isNull();
        slow.pass(slow.peek());
        assertThat(topic.tryAppend(event(null, "c"), 2)).as("passed, but not released").isNull();
        slow.release();
        assertThat(topic.tryAppend(event(null, "c"), 2)).isEqualTo(new Position("orders", 0, 2));
        assertThat(topic.tryAppend(event(null, "d"), 2)).isNull();

        topic.remove(slow);
        assertThat(topic.tryAppend(event(null, "d"), 2)).isEqualTo(new Position("orders", 0, 3));
    }

    @Test
    void whenAPublisherMayWait_thenItGoesOnAsSoonAsTheReaderHas() throws Exception {
        TopicReader reader = topic.reader();
        topic.tryAppend(event(null, "a"), 1);
        AtomicReference<Position> at = new AtomicReference<>();
        Thread publisher = Thread.ofVirtual().start(() -> at.set(append(event(null, "b"), 1)));
        awaitParked(publisher);

        read(reader);

        publisher.join();
        assertThat(at.get()).isEqualTo(new Position("orders", 0, 1));
    }

    @Test
    void whenNoReaderGetsOn_thenTheWaitEndsInTime() throws Exception {
        topic.reader();
        topic.tryAppend(event(null, "a"), 1);
        long start = System.nanoTime();

        assertThat(topic.append(event(null, "b"), 1, Duration.ofMillis(50).toNanos(), () -> false)).isNull();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(Duration.ofMillis(50).toNanos());
        assertThat(topic.newest()).isZero();
    }

    @Test
    void whenAPublisherThatWaitsIsInterrupted_thenItIsNotPublished() throws Exception {
        topic.reader();
        topic.tryAppend(event(null, "a"), 1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread publisher = Thread.ofVirtual().start(() -> {
            try {
                topic.append(event(null, "b"), 1, MINUTE, () -> false);
            } catch (InterruptedException e) {
                thrown.set(e);
            }
        });
        awaitParked(publisher);

        publisher.interrupt();

        publisher.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(topic.newest()).isZero();
    }

    @Test
    void whenWhatIsPublishedCanBeRead_thenTheReaderIsTold() {
        List<Long> told = new ArrayList<>();
        TopicReader reader = topic.reader();
        topic.onAppend(() -> told.add(reader.peek().offset));

        topic.tryAppend(event(null, "a"), 10);

        assertThat(told).containsExactly(0L);
    }

    private @Nullable Position append(OutboundRecord record, int bound) {
        try {
            return topic.append(record, bound, MINUTE, () -> false);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stored awaitNext(TopicReader reader) {
        long end = System.nanoTime() + MINUTE / 6;
        Stored next = reader.peek();
        while (next == null) {
            assertThat(System.nanoTime()).as("nothing comes behind " + reader.taken()).isLessThan(end);
            next = reader.peek();
        }
        return next;
    }

    private static List<String> read(TopicReader reader) {
        List<String> read = new ArrayList<>();
        for (Stored event = reader.peek(); event != null; event = reader.peek()) {
            read.add(event.offset + " " + text(event.payload));
            reader.pass(event);
        }
        reader.release();
        return read;
    }

    private static void awaitParked(Thread thread) {
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }
}
