package io.eventlane.brokers;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The nodes of one cluster, every one of them broker and controller.
 *
 * @param nodes where they listen; the node with id 1 comes first
 */
record Quorum(List<Ports> nodes) {

    private static final int REPLICAS = 3;

    /**
     * Nodes on free ports.
     *
     * @param clientPort of the first node, or 0 for any
     */
    static Quorum find(int size, int clientPort) {
        return new Quorum(IntStream.range(0, size).mapToObj(i -> Ports.find(i == 0 ? clientPort : 0)).toList());
    }

    Ports ports(int id) {
        return nodes.get(id - 1);
    }

    /** The value of {@code controller.quorum.voters}. */
    String voters() {
        return IntStream.rangeClosed(1, nodes.size())
                .mapToObj(id -> id + "@127.0.0.1:" + ports(id).controllers())
                .collect(Collectors.joining(","));
    }

    int replicas() {
        return Math.min(REPLICAS, nodes.size());
    }

    /** How many replicas have to have a record before it counts: one of three may be missing. */
    int minInSync() {
        return replicas() == REPLICAS ? 2 : 1;
    }
}
