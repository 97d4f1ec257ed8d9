package io.eventlane.brokers;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Several real nats-servers with JetStream on 127.0.0.1, which form a cluster. A stream has one replica unless it asks for
 * more. They tell clients no addresses, so a client knows those that it was given, of the servers or of {@link TcpProxy}s
 * before them. They end with this JVM. Not safe for several threads at once.
 */
public final class NatsCluster implements AutoCloseable {

    private final List<NatsServer> nodes;
    private final WorkDirectory directory;
    private final ShutdownHook shutdownHook;

    private NatsCluster(List<NatsServer> nodes, WorkDirectory directory) {
        this.nodes = nodes;
        this.directory = directory;
        this.shutdownHook = ShutdownHook.add(this::close);
    }

    /** Starts nodes with {@link NatsServerOptions#DEFAULTS} and returns when they have a leader and serve clients. */
    public static NatsCluster start(int size) {
        return start(NatsServerOptions.DEFAULTS, size);
    }

    /**
     * Starts nodes and returns when they have a leader and all of them serve clients.
     *
     * @param options of every node; a directory holds one for each
     * @param size how many; at least 2
     * @throws IllegalArgumentException when the options name a port, which is one node's
     * @throws IllegalStateException when one of them does not start; the message ends with the end of its log
     */
    public static NatsCluster start(NatsServerOptions options, int size) {
        if (size < 2) {
            throw new IllegalArgumentException("size must be >= 2, but is " + size + ": start a NatsServer");
        }
        if (options.port() != 0) {
            throw new IllegalArgumentException("The nodes of a cluster cannot share a port: leave out port");
        }
        WorkDirectory directory = WorkDirectory.of(options.directory());
        try {
            return new NatsCluster(NatsServer.onFreePorts(() -> {
                List<NatsServer> nodes = NatsNode.cluster(size).stream()
                        .map(node -> new NatsServer(options, node, directory.inner(node.name()))).toList();
                launch(nodes);
                return nodes;
            }), directory);
        } catch (RuntimeException | Error e) {
            directory.deleteIfTemporary();
            throw e;
        }
    }

    /** The addresses of all nodes, whether they run or not, separated by commas. */
    public String urls() {
        return nodes.stream().map(NatsServer::url).collect(Collectors.joining(","));
    }

    public int size() {
        return nodes.size();
    }

    /**
     * A node, to be killed, frozen and started again.
     *
     * @param id from 1
     * @throws IllegalArgumentException when there is no such node
     */
    public NatsServer node(int id) {
        if (id < 1 || id > nodes.size()) {
            throw new IllegalArgumentException("id must be between 1 and " + nodes.size() + ", but is " + id);
        }
        return nodes.get(id - 1);
    }

    /**
     * A node by its name, as the server says who leads a stream or a consumer.
     *
     * @throws IllegalArgumentException when there is no such node
     */
    public NatsServer node(String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow(
                () -> new IllegalArgumentException("No node is called " + name + ", but nats-1 to nats-" + nodes.size()));
    }

    /** Starts all nodes again together, killing those that run, and returns when all of them serve clients. */
    public void restart() {
        launch(nodes);
    }

    /** Kills all nodes, and deletes their data unless the directory was given. Idempotent. */
    @Override
    public void close() {
        nodes.forEach(NatsServer::close);
        shutdownHook.remove();
        directory.deleteIfTemporary();
    }

    private static void launch(List<NatsServer> nodes) {
        NatsServer.launch(nodes);
        try {
            NatsPlacement.await(nodes);
        } catch (RuntimeException | Error e) {
            nodes.forEach(NatsServer::kill);
            throw e;
        }
    }
}
