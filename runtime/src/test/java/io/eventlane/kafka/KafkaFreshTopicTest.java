package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.RepeatedTest;

import io.eventlane.Position;

/** The broker announces the partitions of a new topic before it serves them, and a producer is quick enough to notice. */
class KafkaFreshTopicTest {

    private static final int KEYS = 50;
    private static final int PER_KEY = 60;

    @RepeatedTest(3)
    void whenATopicWasCreatedAMomentAgo_thenAllArrivesInOrder() {
        try (KafkaTestBroker broker = KafkaTestBroker.shared()) {
            Map<String, List<CompletionStage<Position>>> sent = new HashMap<>();
            try (var out = new TestOutbound(broker.servers(), broker.unservedTopic(12), 10_000,
                    "delivery.timeout.ms", "15000", "request.timeout.ms", "5000")) {
                for (int i = 0; i < PER_KEY; i++) {
                    for (int key = 0; key < KEYS; key++) {
                        sent.computeIfAbsent("key-" + key, k -> new ArrayList<>()).add(out.trySend("key-" + key, "" + i));
                    }
                }
                for (List<CompletionStage<Position>> ofKey : sent.values()) {
                    assertThat(ofKey).extracting(stage -> TestOutbound.join(stage).offset()).isSorted();
                }
            }
        }
    }
}
