package io.eventlane.brokers;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One server, alone or among those of a cluster, and where it listens on 127.0.0.1.
 *
 * @param name its name, by which a cluster knows it
 * @param clients the port for clients
 * @param monitoring the port for who watches over it
 * @param routes the port for the other servers, 0 for a server that is alone
 * @param peers the {@code routes} of all servers of the cluster; empty for a server that is alone
 */
record NatsNode(String name, int clients, int monitoring, int routes, List<Integer> peers) {

    /**
     * A server that is alone.
     *
     * @param clients a port that is given, or 0
     */
    static NatsNode alone(int clients) {
        List<Integer> free = freePorts(2);
        return new NatsNode("nats", clients == 0 ? free.get(0) : clients, free.get(1), 0, List.of());
    }

    /** The servers of a cluster, {@code nats-1} the first. */
    static List<NatsNode> cluster(int size) {
        List<Integer> free = freePorts(3 * size);
        List<Integer> peers = free.subList(0, size);
        return IntStream.range(0, size).mapToObj(i -> new NatsNode("nats-" + (i + 1), free.get(size + i),
                free.get(2 * size + i), peers.get(i), peers)).toList();
    }

    private static List<Integer> freePorts(int count) {
        return IntStream.generate(FreePort::find).distinct().limit(count).boxed().toList();
    }

    String monitoringUrl() {
        return "http://127.0.0.1:" + monitoring;
    }

    /** The configuration file. Of two entries with one name, the later counts. */
    String configuration(NatsServerOptions options, String data) {
        StringBuilder text = new StringBuilder();
        entry(text, "server_name", NatsServerOptions.quoted(name));
        entry(text, "listen", address(clients));
        entry(text, "http", address(monitoring));
        entry(text, "jetstream", "{");
        entry(text, "  store_dir", NatsServerOptions.quoted(data));
        options.jetStream().forEach((key, value) -> entry(text, "  " + key, value));
        text.append("}\n");
        if (!peers.isEmpty()) {
            entry(text, "cluster", "{");
            entry(text, "  name", "eventlane");
            entry(text, "  listen", address(routes));
            // Clients know the addresses that they were given, such as those of proxies, and no others.
            entry(text, "  no_advertise", "true");
            entry(text, "  routes", peers.stream().map(peer -> NatsServerOptions.quoted("nats://127.0.0.1:" + peer))
                    .collect(Collectors.joining(", ", "[", "]")));
            text.append("}\n");
        }
        options.settings().forEach((key, value) -> entry(text, key, value));
        return text.toString();
    }

    private static String address(int port) {
        return NatsServerOptions.quoted("127.0.0.1:" + port);
    }

    private static void entry(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append('\n');
    }
}
