package io.eventlane.kafka;

import static io.eventlane.kafka.TestOutbound.failureOf;
import static io.eventlane.kafka.TestOutbound.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.eventlane.Position;
import io.eventlane.PublishException.Reason;
import io.eventlane.PublishReceipt.Status;

class KafkaOutboundTest {

    private final KafkaTestBroker broker = KafkaTestBroker.shared();

    @AfterEach
    void closeClients() {
        broker.close();
    }

    @Test
    void whenSent_thenThePositionIsKnownAndKeyPayloadAndHeadersArrive() {
        String topic = broker.topic(1);
        List<String> arrived = new CopyOnWriteArrayList<>();
        try (var out = new TestOutbound(broker.servers(), topic, 10)) {
            assertThat(join(out.send("k", "one"))).isEqualTo(new Position(topic, 0, 0));
            assertThat(join(out.trySend("k", "two"))).isEqualTo(new Position(topic, 0, 1));
            assertThat(join(out.send(null, null))).isEqualTo(new Position(topic, 0, 2));
        }
        try (var in = new TestChannel(broker, topic, (record, delivery) -> arrived.add(KafkaTestBroker.text(record.key()) + "="
                + KafkaTestBroker.text(record.payload()) + "/" + KafkaTestBroker.text(record.header("X-Event-ID"))))
                .start()) {
            await().until(() -> arrived.size() == 3);
        }
        assertThat(arrived).containsExactlyInAnyOrder("k=one/id", "k=two/id", "null=null/id");
    }

    @Test
    void whenTheTopicIsNotKnownYet_thenTrySendKeepsTheOrderWithoutWaiting() {
        // Created by the broker on first use, so that the first records find no metadata.
        String topic = KafkaTestBroker.unique("created-by-use");
        List<CompletionStage<Position>> sent = new ArrayList<>();
        try (var out = new TestOutbound(broker.servers(), topic, 100)) {
            for (int i = 0; i < 50; i++) {
                sent.add(i % 2 == 0 ? out.trySend("k", "" + i) : out.send("k", "" + i));
            }
            assertThat(sent).extracting(stage -> join(stage).offset()).isSorted().hasSize(50);
        }
    }

    @Test
    void whenARecordIsTooLarge_thenItFailsAsSuch() {
        try (var out = new TestOutbound(broker.servers(), broker.topic(1), 10, "max.request.size", "2000")) {
            var failure = failureOf(out.send("k", "x".repeat(3000)));

            assertThat(failure.reason()).isEqualTo(Reason.TOO_LARGE);
            assertThat(failure.status()).isEqualTo(Status.FAILED);
            assertThat(failure).hasMessageContaining("max.request.size").hasMessageContaining("Channel out");
            assertThat(join(out.send("k", "small")).offset()).isZero();
        }
    }

    @Test
    void whenTheBoundIsReached_thenTrySendFailsAndSendWaitsForRoom() throws Exception {
        try (var out = new TestOutbound(broker.servers(), broker.topic(1), 2, "linger.ms", "300")) {
            var first = out.trySend("k", "1");
            var second = out.trySend("k", "2");

            assertThat(failureOf(out.trySend("k", "3")).reason()).isEqualTo(Reason.BACK_PRESSURE);
            var waited = out.send("k", "4");

            assertThat(join(first).offset()).isZero();
            assertThat(join(second).offset()).isEqualTo(1);
            assertThat(join(waited).offset()).isEqualTo(2);
        }
    }

    @Test
    void whenClosed_thenWhatIsInFlightArrivesAndLaterRecordsAreRefused() {
        var out = new TestOutbound(broker.servers(), broker.topic(1), 10, "linger.ms", "300");
        var inFlight = out.send("k", "1");

        out.close();
        out.close();

        assertThat(inFlight.toCompletableFuture()).isCompletedWithValueMatching(position -> position.offset() == 0);
        assertThat(failureOf(out.send("k", "2")).reason()).isEqualTo(Reason.CLOSED);
        assertThat(failureOf(out.trySend("k", "3")).status()).isEqualTo(Status.FAILED);
    }
}
