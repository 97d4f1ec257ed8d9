package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import io.eventlane.jetstream.TopicSpec.Strategy;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;

/** Topics that are consumed of a stream which has others too. */
class JetStreamSharedStreamTest {

    private final TestNats nats = TestNats.shared();
    private final String shop = TestNats.unique();
    private final String orders = shop + ".orders";
    private final String bills = shop + ".bills";
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        nats.close();
    }

    private TestIncoming channel(String topic, Strategy strategy) {
        return new TestIncoming(nats, topic, (record, delivery) -> handled.add(topic + ' ' + TestNats.text(record.payload())))
                .group("shop").spec(Specs.of(topic).stream(shop).strategy(strategy).spec());
    }

    @Test
    void whenAStreamHasOtherSubjects_thenAChannelGetsItsTopicsAlone() throws Exception {
        nats.management().addStream(StreamConfiguration.builder().name(shop).subjects(shop + ".>").build());
        nats.send(bills, "key", "0");
        nats.send(orders, "key", "1");
        try (var running = channel(orders, Strategy.VALIDATE_ONLY).start()) {
            running.awaitReady();
            nats.send(bills, "key", "2");
            nats.send(orders, "key", "3");
            await().until(() -> handled.contains(orders + " 3"));
        }
        assertThat(handled).containsExactly(orders + " 1", orders + " 3");
    }

    @RepeatedTest(3)
    void whenAnotherApplicationAddsItsTopic_thenEachGetsItsOwn() throws Exception {
        try (var first = channel(orders, Strategy.CREATE_OR_UPDATE).start()) {
            first.awaitReady();
            try (var second = channel(bills, Strategy.CREATE_OR_UPDATE).start()) {
                second.awaitReady();
                for (int i = 0; i < 100; i++) {
                    nats.send(bills, "key-" + i % 10, Integer.toString(i));
                    nats.send(orders, "key-" + i % 10, Integer.toString(i));
                }
                await().untilAsserted(() -> assertThat(handled).hasSize(200));
            }
        }
        assertThat(handled).hasSize(200).doesNotHaveDuplicates();
        StreamInfo stream = nats.management().getStreamInfo(shop);
        assertThat(stream.getStreamState().getConsumerCount()).as("one group, a consumer for each topic").isEqualTo(2);
    }
}
