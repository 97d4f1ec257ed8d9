package io.eventlane.it.guarantees;

import io.eventlane.brokers.FreePort;
import io.eventlane.brokers.KafkaBroker;
import io.eventlane.brokers.TcpProxy;

/**
 * A Kafka broker. Everybody reaches it through the proxy, the publisher and the checks as well: it tells all clients one
 * address.
 */
final class DisturbedKafka implements DisturbedBroker {

    private final TcpProxy proxy;
    private final KafkaBroker broker;

    private DisturbedKafka(TcpProxy proxy, KafkaBroker broker) {
        this.proxy = proxy;
        this.broker = broker;
    }

    /** Returns when it serves clients. */
    static DisturbedKafka start() {
        int port = FreePort.find();
        TcpProxy proxy = TcpProxy.to(port);
        try {
            return new DisturbedKafka(proxy,
                    KafkaBroker.start(KafkaTopics.broker().withPort(port).withAdvertisedPort(proxy.port())));
        } catch (RuntimeException | Error e) {
            proxy.close();
            throw e;
        }
    }

    @Override
    public Topics topics(String name, Scenario scenario) {
        return new KafkaTopics(name, scenario, broker.bootstrapServers());
    }

    @Override
    public void disturb(Step.What what) {
        switch (what) {
            case KILL -> broker.kill();
            case RESTART -> broker.restart();
            case FREEZE -> broker.freeze();
            case THAW -> broker.thaw();
            case RESET -> proxy.cut();
            case STALL -> proxy.stall();
            case RESUME -> proxy.resume();
            case JOIN, LEAVE, DELETE, STEP_DOWN -> throw new IllegalArgumentException("Not for a Kafka broker: " + what);
        }
    }

    @Override
    public boolean isWhole(Step.What what) {
        return true;
    }

    @Override
    public void close() {
        broker.close();
        proxy.close();
    }
}
