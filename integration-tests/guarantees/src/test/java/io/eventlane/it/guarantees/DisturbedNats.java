package io.eventlane.it.guarantees;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.eventlane.brokers.NatsCluster;
import io.eventlane.brokers.NatsServer;
import io.eventlane.brokers.TcpProxy;

/**
 * One nats-server, or several. They tell nobody their addresses, so that everybody stays behind the proxies. Of several, one
 * at a time is killed or frozen, each in its turn.
 */
final class DisturbedNats implements DisturbedBroker {

    private final List<NatsServer> servers;
    private final List<TcpProxy> proxies;
    private final Runnable close;
    private int next;

    private DisturbedNats(List<NatsServer> servers, Runnable close) {
        this.servers = servers;
        this.proxies = servers.stream().map(server -> TcpProxy.to(server.port())).toList();
        this.close = close;
    }

    /** Returns when it serves clients. */
    static DisturbedNats start() {
        NatsServer server = NatsServer.start();
        return new DisturbedNats(List.of(server), server::close);
    }

    /** Returns when all serve clients. */
    static DisturbedNats startCluster(int size) {
        NatsCluster cluster = NatsCluster.start(size);
        return new DisturbedNats(IntStream.rangeClosed(1, size).mapToObj(cluster::node).toList(), cluster::close);
    }

    @Override
    public Topics topics(String name, Scenario scenario) {
        return NatsTopics.open(name, scenario,
                proxies.stream().map(proxy -> "nats://" + proxy.address()).collect(Collectors.joining(",")));
    }

    @Override
    public void disturb(Step.What what) {
        switch (what) {
            case KILL -> servers.get(next).kill();
            case RESTART -> {
                servers.get(next).restart();
                next = (next + 1) % servers.size();
            }
            case FREEZE -> servers.get(next).freeze();
            case THAW -> {
                servers.get(next).thaw();
                next = (next + 1) % servers.size();
            }
            case RESET -> proxies.forEach(TcpProxy::cut);
            case STALL -> proxies.forEach(TcpProxy::stall);
            case RESUME -> proxies.forEach(TcpProxy::resume);
            case JOIN, LEAVE, DELETE, STEP_DOWN -> throw new IllegalArgumentException("Not for a server: " + what);
        }
    }

    @Override
    public boolean isWhole(Step.What what) {
        return servers.size() == 1 || what == Step.What.STALL || what == Step.What.RESUME;
    }

    @Override
    public void close() {
        proxies.forEach(TcpProxy::close);
        close.run();
    }
}
