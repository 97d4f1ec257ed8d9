package io.eventlane.kafka;

import static io.eventlane.kafka.TestOutbound.failureOf;
import static io.eventlane.kafka.TestOutbound.join;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.eventlane.PublishException.Reason;
import io.eventlane.PublishReceipt.Status;
import io.eventlane.brokers.FreePort;
import io.eventlane.brokers.KafkaBroker;

class KafkaOutboundOutageTest {

    @Test
    void whenThereIsNoBroker_thenARecordFailsWithinMaxBlockAndTheErrorNamesTheServers() {
        String nobody = "127.0.0.1:" + FreePort.find();
        try (var out = new TestOutbound(nobody, "orders", 10, "max.block.ms", "300")) {
            var failure = failureOf(out.trySend("k", "1"));

            assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(failure.status()).isEqualTo(Status.FAILED);
            assertThat(failure).hasMessageContaining(nobody).hasMessageContaining("max.block.ms");
        }
    }

    @Test
    void whenARecordOfAKeyFails_thenThoseOfTheKeyThatWaitBehindItFailTooAndOthersDoNot() {
        String nobody = "127.0.0.1:" + FreePort.find();
        try (var out = new TestOutbound(nobody, "orders", 10, "max.block.ms", "300")) {
            var first = out.trySend("k", "1");
            var behind = out.trySend("k", "2");
            var other = out.trySend("other", "1");

            assertThat(failureOf(first).reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(failureOf(behind).reason()).isEqualTo(Reason.PREDECESSOR_FAILED);
            assertThat(failureOf(other).reason()).isEqualTo(Reason.UNREACHABLE);
        }
    }

    @Test
    void whenTheBrokerStopsAnswering_thenTheOutcomeIsUnknownAndSendingGoesOnLater() {
        try (KafkaBroker process = KafkaBroker.start();
                KafkaTestBroker broker = new KafkaTestBroker(process);
                var out = new TestOutbound(broker.servers(), broker.topic(1), 10, "delivery.timeout.ms", "6000",
                        "request.timeout.ms", "2000", "linger.ms", "0")) {
            join(out.send("k", "before"));

            process.freeze();
            var failure = failureOf(out.send("k", "lost"));
            process.thaw();

            assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(failure.status()).isEqualTo(Status.UNKNOWN);
            assertThat(failure).hasMessageContaining(broker.servers());
            assertThat(join(out.send("k", "after")).offset()).isPositive();
        }
    }

    @Test
    void whenTheBrokerIsGoneAtClose_thenCloseEndsAtTheDeadlineAndTheOutcomeIsUnknown() {
        try (KafkaBroker process = KafkaBroker.start(); KafkaTestBroker broker = new KafkaTestBroker(process)) {
            var out = new TestOutbound(broker.servers(), broker.topic(1), 10);
            join(out.send("k", "before"));
            process.freeze();
            var pending = out.send("k", "pending");

            long start = System.nanoTime();
            out.close(Duration.ofMillis(500));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            var failure = failureOf(pending);
            assertThat(failure.reason()).isEqualTo(Reason.CLOSED);
            assertThat(failure.status()).isEqualTo(Status.UNKNOWN);
        }
    }
}
