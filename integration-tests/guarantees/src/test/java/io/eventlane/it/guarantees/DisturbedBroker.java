package io.eventlane.it.guarantees;

import io.eventlane.brokers.FreePort;
import io.eventlane.brokers.KafkaBroker;
import io.eventlane.brokers.TcpProxy;

/**
 * A broker that can be killed and frozen, and behind a proxy, so that its connections can be disturbed too. Everybody
 * reaches it through the proxy, the publisher and the checks as well: a broker tells all clients one address. For one
 * thread.
 */
final class DisturbedBroker implements AutoCloseable {

    private final TcpProxy proxy;
    private final KafkaBroker broker;

    private DisturbedBroker(TcpProxy proxy, KafkaBroker broker) {
        this.proxy = proxy;
        this.broker = broker;
    }

    /** Returns when it serves clients. */
    static DisturbedBroker start() {
        int port = FreePort.find();
        TcpProxy proxy = TcpProxy.to(port);
        try {
            return new DisturbedBroker(proxy,
                    KafkaBroker.start(Settings.broker().withPort(port).withAdvertisedPort(proxy.port())));
        } catch (RuntimeException | Error e) {
            proxy.close();
            throw e;
        }
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /**
     * Begins or ends a disturbance.
     *
     * @param what of those that can be done to a broker
     */
    void disturb(Step.What what) {
        switch (what) {
            case KILL -> broker.kill();
            case RESTART -> broker.restart();
            case FREEZE -> broker.freeze();
            case THAW -> broker.thaw();
            case RESET -> proxy.cut();
            case STALL -> proxy.stall();
            case RESUME -> proxy.resume();
            case JOIN, LEAVE -> throw new IllegalArgumentException("The broker has no group: " + what);
        }
    }

    @Override
    public void close() {
        broker.close();
        proxy.close();
    }
}
