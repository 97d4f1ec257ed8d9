package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.eventlane.brokers.KafkaBroker;
import io.eventlane.brokers.KafkaBrokerOptions;
import io.eventlane.brokers.SmallDisk;

@Tag("wide")
class KafkaDiskFullTest {

    private static final long DISK = 96 << 20;

    /** A broker whose only disk is full ends; what handlers publish meanwhile fails, and so do they. */
    @Test
    void whenTheDiskIsFullWhileHandlersPublish_thenNothingIsLostOnceThereIsRoom() throws Exception {
        assumeTrue(SmallDisk.isSupported(), "SKIPPED: a disk of limited size needs root on Linux");
        try (SmallDisk disk = SmallDisk.mount(DISK);
                KafkaBroker process = KafkaBroker.start(KafkaBrokerOptions.DEFAULTS.withDataDirectory(disk.directory())
                        .withProperty("log.segment.bytes", 1 << 20).withProperty("log.index.size.max.bytes", 1 << 16));
                KafkaTestBroker broker = new KafkaTestBroker(process)) {
            String results = broker.topic(1);
            AtomicInteger refused = new AtomicInteger();
            try (var out = new TestOutbound(broker.servers(), results, 100, "delivery.timeout.ms", "3000", "request.timeout.ms",
                    "1000", "max.block.ms", "2000", "linger.ms", "0");
                    SteadyFlow flow = new SteadyFlow(broker, broker.topic(2), (record, delivery) -> {
                        try {
                            out.send(KafkaTestBroker.text(record.key()), "x".repeat(2_000)).toCompletableFuture()
                                    .get(30, TimeUnit.SECONDS);
                        } catch (Exception e) {
                            refused.incrementAndGet();
                            throw e;
                        }
                    })) {
                flow.awaitMore(300);
                disk.fill();
                await().atMost(SteadyFlow.PATIENCE).until(() -> !process.isRunning());
                await().atMost(SteadyFlow.PATIENCE).until(() -> refused.get() > 0);
                disk.free();
                process.restart();
                flow.awaitMore(600);
                flow.finishInOrder(2);
                assertThat(broker.end(results, 0)).isGreaterThanOrEqualTo(flow.journal.finished());
            }
        }
    }
}
