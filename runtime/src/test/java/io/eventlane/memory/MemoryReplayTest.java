package io.eventlane.memory;

import static io.eventlane.memory.Events.event;
import static io.eventlane.memory.Events.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.eventlane.EventlaneException;
import io.eventlane.Position;
import io.eventlane.channel.DeadLetterReplay;
import io.eventlane.channel.DeadLetterReplay.Way;
import io.eventlane.spi.InboundRecord;
import io.eventlane.spi.Outbound;

@Timeout(60)
class MemoryReplayTest {

    private static final Way BACK = new Way.To("orders", 3, List.of());
    private static final MemoryOutgoing DEAD = new MemoryOutgoing("orders -> dead", "dead", 3, null);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final MemoryConnector connector = new MemoryConnector(timer);
    private final Outbound letters = connector.openOutgoing(DEAD);
    private final DeadLetterReplay replay = connector.replay(DEAD, "shop");

    @BeforeEach
    void start() {
        connector.startIncoming();
    }

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    @Test
    void whenLettersAreSentBack_thenTheyStandInTheirTopicWithTheirHeadersAndTheNextReplayBeginsBehindThem() throws Exception {
        letters.send(event("k", "a"));
        letters.send(event("k", "b"));
        Sorting sorting = new Sorting(
                letter -> new Way.To("orders", 3, List.of(Map.entry("own", text(letter.key()).getBytes()))));
        replay.run(sorting, () -> false);

        assertThat(sorting.events).containsExactly("sort a", "sending a", "a at orders-0@0", "sort b", "sending b",
                "b at orders-0@1");
        letters.send(event("k", "c"));
        Sorting next = new Sorting(letter -> BACK);
        replay.run(next, () -> false);
        assertThat(next.events).containsExactly("sort c", "sending c", "c at orders-0@2");
    }

    @Test
    void whenLettersStayOrArePassedOver_thenThoseThatStayComeAgainInTheirOrder() throws Exception {
        letters.send(event("k", "stays 1"));
        letters.send(event("k", "foreign"));
        letters.send(event("k", "stays 2"));
        Sorting sorting = new Sorting(letter -> text(letter.payload()).startsWith("stays") ? new Way.Stay() : new Way.Pass());
        replay.run(sorting, () -> false);

        assertThat(sorting.events).containsExactly("sort stays 1", "sending stays 1", "stays 1 at dead-0@3", "sort foreign",
                "sort stays 2", "sending stays 2", "stays 2 at dead-0@4");
        Sorting next = new Sorting(letter -> BACK);
        replay.run(next, () -> false);
        assertThat(next.events).filteredOn(text -> text.startsWith("sort")).containsExactly("sort stays 1", "sort stays 2");
        assertThat(next.headers).containsEntry("stays 1", "stays 1");
    }

    @Test
    void whenNobodyReplays_thenLettersAreKeptUpToTheBound() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(letters.trySend(event("k", "x")).toCompletableFuture()).isCompleted();
        }
        assertThat(letters.trySend(event("k", "x")).toCompletableFuture()).isCompletedExceptionally();

        replay.run(new Sorting(letter -> BACK), () -> false);

        assertThat(letters.trySend(event("k", "x")).toCompletableFuture()).isCompletedWithValue(new Position("dead", 0, 3));
    }

    @Test
    void whenTheApplicationStopsOrTheSorterThrows_thenTheLetterStaysForTheNextReplay() throws Exception {
        letters.send(event("k", "a"));
        letters.send(event("k", "b"));
        AtomicBoolean stop = new AtomicBoolean();
        Sorting stopping = new Sorting(letter -> {
            stop.set(true);
            return BACK;
        });
        assertThatThrownBy(() -> replay.run(stopping, stop::get)).isInstanceOf(EventlaneException.class)
                .hasMessage("the application stops");
        RuntimeException thrown = new IllegalStateException("from the application");
        assertThatThrownBy(() -> replay.run(new Sorting(letter -> {
            throw thrown;
        }), () -> false)).isSameAs(thrown);

        Sorting last = new Sorting(letter -> BACK);
        replay.run(last, () -> false);
        assertThat(stopping.events).contains("a at orders-0@0");
        assertThat(last.events).containsExactly("sort b", "sending b", "b at orders-0@1");
    }

    @Test
    void whenTheTopicHasNoRoom_thenTheLetterIsNotLost() throws Exception {
        MemoryTopics topics = new MemoryTopics();
        topics.stopKeeping();
        MemoryTopic orders = topics.topic("orders");
        TopicReader slow = orders.reader();
        DeadLetterReplay held = new MemoryDeadLetterReplay(topics, "dead", 3);
        topics.topic("dead").tryAppend(event("k", "a"), 3);
        for (int i = 0; i < 3; i++) {
            orders.tryAppend(event("k", "x"), 3);
        }
        AtomicBoolean stop = new AtomicBoolean();
        Sorting sorting = new Sorting(letter -> BACK, () -> stop.set(true));

        assertThatThrownBy(() -> held.run(sorting, stop::get)).hasMessage("the application stops");

        assertThat(sorting.events).containsExactly("sort a", "sending a", "a at null");
        orders.remove(slow);
        Sorting again = new Sorting(letter -> BACK);
        held.run(again, () -> false);
        assertThat(again.events).containsExactly("sort a", "sending a", "a at orders-0@3");
    }

    @Test
    void whenChannelsOfAGroupShareATopic_thenTheyShareTheProgress() throws Exception {
        assertThat(connector.replay(DEAD, "shop")).isSameAs(replay);
        assertThat(connector.replay(DEAD, "others")).isNotSameAs(replay);
    }

    /** Writes down what it hears. */
    private static final class Sorting implements DeadLetterReplay.Sorter {

        private final Function<InboundRecord, Way> ways;
        private final Runnable onSending;
        final List<String> events = new ArrayList<>();
        final Map<String, String> headers = new HashMap<>();

        Sorting(Function<InboundRecord, Way> ways) {
            this(ways, () -> {
            });
        }

        Sorting(Function<InboundRecord, Way> ways, Runnable onSending) {
            this.ways = ways;
            this.onSending = onSending;
        }

        @Override
        public Way sort(InboundRecord letter) {
            events.add("sort " + text(letter.payload()));
            headers.put(text(letter.payload()), text(letter.header("name")));
            return ways.apply(letter);
        }

        @Override
        public void sending(InboundRecord letter, Way way) {
            events.add("sending " + text(letter.payload()));
            onSending.run();
        }

        @Override
        public void sent(InboundRecord letter, Way way, @Nullable Position at) {
            events.add(text(letter.payload()) + " at " + at);
        }
    }
}
