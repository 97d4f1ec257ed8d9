package io.eventlane.it.guarantees;

import io.eventlane.brokers.NatsServer;
import io.eventlane.brokers.TcpProxy;

/** A nats-server. It tells nobody its address, so that everybody stays behind the proxy. */
final class DisturbedNats implements DisturbedBroker {

    private final NatsServer server;
    private final TcpProxy proxy;

    private DisturbedNats(NatsServer server) {
        this.server = server;
        this.proxy = TcpProxy.to(server.port());
    }

    /** Returns when it serves clients. */
    static DisturbedNats start() {
        return new DisturbedNats(NatsServer.start());
    }

    @Override
    public Topics topics(String name, Scenario scenario) {
        return NatsTopics.open(name, scenario, "nats://" + proxy.address());
    }

    @Override
    public void disturb(Step.What what) {
        switch (what) {
            case KILL -> server.kill();
            case RESTART -> server.restart();
            case FREEZE -> server.freeze();
            case THAW -> server.thaw();
            case RESET -> proxy.cut();
            case STALL -> proxy.stall();
            case RESUME -> proxy.resume();
            case JOIN, LEAVE, DELETE, STEP_DOWN -> throw new IllegalArgumentException("Not for a server: " + what);
        }
    }

    @Override
    public void close() {
        proxy.close();
        server.close();
    }
}
