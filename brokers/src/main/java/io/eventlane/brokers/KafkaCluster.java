package io.eventlane.brokers;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Several real Kafka nodes on 127.0.0.1, every one broker and controller in one, in a JVM of its own. With three of them
 * or more, a topic that is created by being used has three replicas, and so have the broker's own topics; a record counts
 * once two have it. They end with this JVM. Not safe for several threads at once.
 */
public final class KafkaCluster implements AutoCloseable {

    private final List<KafkaBroker> nodes;
    private final WorkDirectory directory;
    private final ShutdownHook shutdownHook;

    private KafkaCluster(List<KafkaBroker> nodes, WorkDirectory directory) {
        this.nodes = nodes;
        this.directory = directory;
        this.shutdownHook = ShutdownHook.add(this::close);
    }

    /** Starts nodes with {@link KafkaBrokerOptions#DEFAULTS} and returns when all of them serve clients. */
    public static KafkaCluster start(int size) {
        return start(KafkaBrokerOptions.DEFAULTS, size);
    }

    /**
     * Starts nodes and returns when all of them serve clients.
     *
     * @param options of every node; a data directory holds one directory for each
     * @param size how many; at least 1
     * @throws IllegalArgumentException when the options name a port, which is one node's
     * @throws IllegalStateException when one of them does not start; the message ends with the end of its log
     */
    public static KafkaCluster start(KafkaBrokerOptions options, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("size must be >= 1, but is " + size);
        }
        if (options.port() != 0 || options.advertisedPort() != 0) {
            throw new IllegalArgumentException("The nodes of a cluster cannot share a port: leave out port and advertisedPort");
        }
        WorkDirectory directory = WorkDirectory.of(options.dataDirectory());
        try {
            List<WorkDirectory> each = IntStream.rangeClosed(1, size).mapToObj(id -> directory.inner("node-" + id)).toList();
            return new KafkaCluster(QuorumStart.start(options, each), directory);
        } catch (RuntimeException | Error e) {
            directory.deleteIfTemporary();
            throw e;
        }
    }

    /** The addresses of all nodes, whether they run or not, separated by commas. */
    public String bootstrapServers() {
        return nodes.stream().map(KafkaBroker::bootstrapServers).collect(Collectors.joining(","));
    }

    public int size() {
        return nodes.size();
    }

    /**
     * A node, to be killed, frozen and started again.
     *
     * @param id as Kafka knows the node, from 1
     * @throws IllegalArgumentException when there is no such node
     */
    public KafkaBroker node(int id) {
        if (id < 1 || id > nodes.size()) {
            throw new IllegalArgumentException("id must be between 1 and " + nodes.size() + ", but is " + id);
        }
        return nodes.get(id - 1);
    }

    /** Starts all nodes again together, killing those that run, and returns when all of them serve clients. */
    public void restart() {
        QuorumStart.launch(nodes);
    }

    /** Kills all nodes, and deletes their data unless the directory was given. Idempotent. */
    @Override
    public void close() {
        nodes.forEach(KafkaBroker::close);
        shutdownHook.remove();
        directory.deleteIfTemporary();
    }
}
