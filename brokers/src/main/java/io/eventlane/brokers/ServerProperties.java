package io.eventlane.brokers;

import java.nio.file.Path;
import java.util.Properties;

/** The settings of a Kafka server that is broker and controller in one, alone or among others. */
final class ServerProperties {

    /** The listener of clients. */
    static final String CLIENTS = "PLAINTEXT";
    private static final String BROKERS = "INTERNAL";
    private static final String CONTROLLERS = "CONTROLLER";

    private ServerProperties() {
    }

    static Properties of(KafkaBrokerOptions options, Quorum quorum, int id, Path data) {
        Properties p = new Properties();
        p.put("cluster.id", "eventlane-local-cluster");
        p.put("process.roles", "broker,controller");
        p.put("node.id", Integer.toString(id));
        p.put("controller.quorum.voters", quorum.voters());
        p.put("log.dirs", data.toString());
        putListeners(p, quorum.ports(id), options.advertisedPort());
        putReplicas(p, Integer.toString(quorum.replicas()), Integer.toString(quorum.minInSync()));
        p.put("num.partitions", Integer.toString(options.partitions()));
        p.put("offsets.topic.num.partitions", "4");
        p.put("transaction.state.log.num.partitions", "4");
        // A broker that was killed may register again once its old session has expired.
        p.put("broker.session.timeout.ms", "2000");
        p.put("broker.heartbeat.interval.ms", "500");
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("log.cleaner.dedupe.buffer.size", "8388608");
        p.putAll(options.properties());
        return p;
    }

    private static void putListeners(Properties p, Ports ports, int advertisedPort) {
        String brokers = listener(BROKERS, ports.brokers());
        String controllers = listener(CONTROLLERS, ports.controllers());
        p.put("listeners", listener(CLIENTS, ports.clients()) + "," + brokers + "," + controllers);
        p.put("advertised.listeners",
                listener(CLIENTS, advertisedPort == 0 ? ports.clients() : advertisedPort) + "," + brokers);
        p.put("listener.security.protocol.map",
                CLIENTS + ":PLAINTEXT," + BROKERS + ":PLAINTEXT," + CONTROLLERS + ":PLAINTEXT");
        p.put("inter.broker.listener.name", BROKERS);
        p.put("controller.listener.names", CONTROLLERS);
    }

    private static String listener(String name, int port) {
        return name + "://127.0.0.1:" + port;
    }

    private static void putReplicas(Properties p, String replicas, String minInSync) {
        p.put("default.replication.factor", replicas);
        p.put("min.insync.replicas", minInSync);
        p.put("offsets.topic.replication.factor", replicas);
        p.put("transaction.state.log.replication.factor", replicas);
        p.put("transaction.state.log.min.isr", minInSync);
        p.put("share.coordinator.state.topic.replication.factor", replicas);
        p.put("share.coordinator.state.topic.min.isr", minInSync);
    }
}
