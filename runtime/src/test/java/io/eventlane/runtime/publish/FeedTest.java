package io.eventlane.runtime.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FeedTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @RepeatedTest(20)
    void whenManyThreadsAdd_thenNothingIsLostAndEachThreadsOrderHolds() throws Exception {
        int threads = 4;
        int each = 5_000;
        List<int[]> consumed = Collections.synchronizedList(new ArrayList<>());
        Feed<int[]> feed = new Feed<>("feed", consumed::addAll);
        List<Thread> adders = IntStream.range(0, threads).mapToObj(t -> Thread.ofPlatform().start(() -> {
            for (int i = 0; i < each; i++) {
                feed.add(new int[] { t, i });
            }
        })).toList();
        for (Thread adder : adders) {
            adder.join();
        }

        assertThat(feed.close(LONG)).isTrue();

        for (int t = 0; t < threads; t++) {
            int thread = t;
            assertThat(consumed.stream().filter(element -> element[0] == thread).mapToInt(element -> element[1]).toArray())
                    .isEqualTo(IntStream.range(0, each).toArray());
        }
    }

    @Test
    void whenAnElementIsAddedAfterClose_thenItIsConsumedByWhoAddsIt() {
        List<String> threads = new ArrayList<>();
        Feed<String> feed = new Feed<>("feed", batch -> threads.add(Thread.currentThread().getName()));
        assertThat(feed.close(LONG)).isTrue();

        feed.add("late");

        assertThat(threads).containsExactly(Thread.currentThread().getName());
    }

    @Test
    void whenTheConsumerDoesNotReturn_thenCloseGivesUpAtItsDeadline() {
        CountDownLatch stuck = new CountDownLatch(1);
        Feed<String> feed = new Feed<>("feed", batch -> {
            try {
                stuck.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        feed.add("x");

        assertThat(feed.close(Duration.ofMillis(1))).isFalse();
        stuck.countDown();
        assertThat(feed.close(LONG)).isTrue();
    }
}
