package io.eventlane.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Node;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class KafkaBrokerBehindProxyTest {

    private TcpProxy proxy;
    private KafkaBroker broker;

    @BeforeAll
    void start() {
        int port = FreePort.find();
        proxy = TcpProxy.to(port);
        broker = KafkaBroker.start(KafkaBrokerOptions.DEFAULTS.withPort(port).withAdvertisedPort(proxy.port()));
    }

    @AfterAll
    void end() {
        broker.close();
        proxy.close();
    }

    @Test
    void whenAsked_thenTheBrokerNamesTheProxy() throws Exception {
        assertThat(broker.bootstrapServers()).isEqualTo(proxy.address());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + broker.port()))) {
            assertThat(admin.describeCluster().nodes().get()).extracting(Node::port).containsExactly(proxy.port());
        }
    }

    @Test
    void whenCutAndRefusing_thenARecordWaitsUntilConnectionsAreAccepted() throws Exception {
        try (var producer = Records.producer(broker.bootstrapServers())) {
            producer.send(new ProducerRecord<>("cut", "k", "one")).get();

            proxy.refuse();
            proxy.cut();
            var sent = producer.send(new ProducerRecord<>("cut", "k", "two"));
            assertPending(sent);
            proxy.accept();

            assertThat(sent.get().offset()).isEqualTo(1);
        }
    }

    @Test
    void whenStalled_thenARecordWaitsUntilResumed() throws Exception {
        try (var producer = Records.producer(broker.bootstrapServers())) {
            producer.send(new ProducerRecord<>("stalled", "k", "one")).get();

            proxy.stall();
            var sent = producer.send(new ProducerRecord<>("stalled", "k", "two"));
            assertPending(sent);
            proxy.resume();

            assertThat(sent.get().offset()).isEqualTo(1);
        }
    }

    private static void assertPending(Future<RecordMetadata> sent) {
        assertThatThrownBy(() -> sent.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }
}
