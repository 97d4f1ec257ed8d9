package io.eventlane.kafka;

import org.junit.jupiter.api.Test;

import io.eventlane.brokers.FreePort;
import io.eventlane.brokers.KafkaBroker;
import io.eventlane.brokers.KafkaBrokerOptions;
import io.eventlane.brokers.TcpProxy;

class KafkaConnectionResetTest {

    @Test
    void whenConnectionsAreResetAgainAndAgain_thenConsumptionGoesOnInOrder() throws Exception {
        int port = FreePort.find();
        try (TcpProxy proxy = TcpProxy.to(port);
                KafkaBroker process = KafkaBroker
                        .start(KafkaBrokerOptions.DEFAULTS.withPort(port).withAdvertisedPort(proxy.port()));
                KafkaTestBroker broker = new KafkaTestBroker(proxy.address());
                SteadyFlow flow = new SteadyFlow(broker, broker.topic(2), (record, delivery) -> Thread.sleep(2))) {
            for (int i = 0; i < 15; i++) {
                flow.awaitMore(100);
                proxy.cut();
            }
            flow.awaitMore(100);
            flow.finishInOrder(2);
        }
    }

    @Test
    void whenNothingArrivesAnyMore_thenTheChannelIsNotReadyUntilItDoes() throws Exception {
        int port = FreePort.find();
        try (TcpProxy proxy = TcpProxy.to(port);
                KafkaBroker process = KafkaBroker
                        .start(KafkaBrokerOptions.DEFAULTS.withPort(port).withAdvertisedPort(proxy.port()));
                KafkaTestBroker broker = new KafkaTestBroker(proxy.address());
                SteadyFlow flow = new SteadyFlow(broker, broker.topic(2), (record, delivery) -> Thread.sleep(2))) {
            flow.awaitMore(200);
            flow.awaitReady();
            proxy.stall();
            flow.awaitTrouble("");
            proxy.resume();
            flow.awaitMore(500);
            flow.awaitReady();
            flow.finishInOrder(2);
        }
    }
}
