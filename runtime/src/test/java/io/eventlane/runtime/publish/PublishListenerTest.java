package io.eventlane.runtime.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.eventlane.PublishException.Reason;
import io.eventlane.PublishReceipt;
import io.eventlane.PublishReceipt.Status;
import io.eventlane.runtime.codec.Codecs;
import io.eventlane.spi.Outbound;
import io.eventlane.spi.PublishListener;

@Timeout(60)
class PublishListenerTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final FakeOutbound outbound = new FakeOutbound();

    @Test
    void whenEventsArePublished_thenEveryListenerHearsOfAllOutcomesInOrderOnItsOwnThread() {
        Recording first = new Recording();
        Recording second = new Recording();
        Publishing publishing = publishing(List.of(first, second));
        outbound.broker = record -> new String(record.payload()).endsWith("7")
                ? FakeOutbound.failed(Reason.REJECTED, Status.FAILED)
                : FakeOutbound.acknowledged(1);

        List<String> ids = IntStream.range(0, 1_000).mapToObj(i -> id(publishing, "p" + i)).toList();
        publishing.close(LONG);

        for (Recording listener : List.of(first, second)) {
            assertThat(listener.receipts).extracting(PublishReceipt::eventId).containsExactlyElementsOf(ids);
            assertThat(listener.receipts).filteredOn(receipt -> receipt.status() == Status.FAILED).hasSize(100);
        }
        assertThat(first.threads).containsOnly("eventlane-listener-0");
        assertThat(second.threads).containsOnly("eventlane-listener-1");
    }

    @Test
    void whenAListenerThrows_thenTheOthersAndItsNextReceiptsAreNotAffected() {
        Recording healthy = new Recording();
        Recording failing = new Recording();
        failing.failure = new AssertionError("a listener's bug");
        Publishing publishing = publishing(List.of(failing, healthy));

        String one = id(publishing, "1");
        await().until(() -> failing.receipts.size() == 1);
        String two = id(publishing, "2");
        publishing.close(LONG);

        assertThat(failing.receipts).extracting(PublishReceipt::eventId).containsExactly(one, two);
        assertThat(healthy.receipts).extracting(PublishReceipt::eventId).containsExactly(one, two);
    }

    @Test
    void whenAListenerIsBehind_thenWhoMayWaitWaitsAndWhoMustNotIsRefusedAndNoReceiptIsLost() throws Exception {
        Recording slow = new Recording();
        slow.gate = new CountDownLatch(1);
        ListenerFeed feed = new ListenerFeed(slow, 0, 3);
        for (int i = 0; i < 3; i++) {
            assertThat(feed.enter(true)).isTrue();
            feed.add(receipt(i));
        }

        assertThat(feed.enter(false)).isFalse();
        Thread waiting = Thread.ofVirtual().start(() -> {
            if (feed.enter(true)) {
                feed.add(receipt(3));
            }
        });
        await().until(() -> waiting.getState() == Thread.State.WAITING);
        slow.gate.countDown();
        assertThat(waiting.join(LONG)).isTrue();
        feed.close(LONG);

        assertThat(slow.receipts).extracting(PublishReceipt::eventId).containsExactly("0", "1", "2", "3");
    }

    @Test
    void whenAWaitingPublisherIsInterrupted_thenItIsRefusedAndStaysInterrupted() throws Exception {
        Recording slow = new Recording();
        slow.gate = new CountDownLatch(1);
        ListenerFeed feed = new ListenerFeed(slow, 0, 1);
        assertThat(feed.enter(true)).isTrue();
        List<Boolean> seen = new CopyOnWriteArrayList<>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            seen.add(feed.enter(true));
            seen.add(Thread.currentThread().isInterrupted());
        });
        await().until(() -> waiting.getState() == Thread.State.WAITING);

        waiting.interrupt();

        assertThat(waiting.join(LONG)).isTrue();
        assertThat(seen).containsExactly(false, true);
        slow.gate.countDown();
        feed.close(LONG);
    }

    @Test
    void whenThereIsNoListener_thenThereIsNoThreadForOne() {
        Publishing publishing = publishing(List.of());

        id(publishing, "x");

        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(thread -> thread.getName().startsWith("eventlane-listener"));
        publishing.close(LONG);
    }

    @Test
    void whenClosed_thenTheListenersThreadEnds() {
        Publishing publishing = publishing(List.of(new Recording()));
        id(publishing, "x");

        publishing.close(LONG);

        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(thread -> thread.getName().startsWith("eventlane-listener"));
    }

    private String id(Publishing publishing, String payload) {
        new EventBusImpl(publishing).publish("orders", payload);
        return outbound.sent.getLast().eventId();
    }

    private static PublishReceipt receipt(int id) {
        return new PublishReceipt(Integer.toString(id), "orders", "orders", Status.OK, null, Instant.now(), null, null, null,
                null);
    }

    private Publishing publishing(List<PublishListener> listeners) {
        return new Publishing(new Outbounds() {

            @Override
            public String topic(String channel) {
                return channel;
            }

            @Override
            public Outbound open(String channel) {
                return outbound;
            }
        }, new Codecs(new ObjectMapper(), List.of()), listeners, () -> true);
    }

    private static final class Recording implements PublishListener {

        final List<PublishReceipt> receipts = new CopyOnWriteArrayList<>();
        final List<String> threads = new CopyOnWriteArrayList<>();
        volatile CountDownLatch gate = new CountDownLatch(0);
        volatile Error failure;

        @Override
        public void onReceipts(List<PublishReceipt> batch) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            receipts.addAll(batch);
            threads.add(Thread.currentThread().getName());
            if (failure != null) {
                throw failure;
            }
        }
    }
}
