package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.eventlane.brokers.KafkaBroker;

@Tag("wide")
class KafkaFrozenBrokerTest {

    private static final long FROZEN_SECONDS = 60;

    @Test
    void whenTheBrokerIsFrozenForAMinute_thenTheChannelSaysSoAndGoesOnByItself() throws Exception {
        try (KafkaBroker process = KafkaBroker.start();
                KafkaTestBroker broker = new KafkaTestBroker(process);
                SteadyFlow flow = new SteadyFlow(broker, broker.topic(2), (record, delivery) -> Thread.sleep(2))) {
            flow.awaitMore(500);
            flow.awaitReady();
            Instant before = Instant.now();
            process.freeze();
            try {
                assertThat(flow.awaitTrouble("").since()).isAfter(before);
                Thread.sleep(Math.max(0, before.plusSeconds(FROZEN_SECONDS).toEpochMilli() - System.currentTimeMillis()));
            } finally {
                process.thaw();
            }
            flow.awaitMore(1000);
            flow.awaitReady();
            flow.finishInOrder(2);
        }
    }
}
