package io.eventlane.brokers;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Where one node listens on 127.0.0.1.
 *
 * @param clients for clients
 * @param brokers for other brokers and for the broker itself, so that neither goes through a proxy meant for clients
 * @param controllers for controllers and for brokers that talk to them
 */
record Ports(int clients, int brokers, int controllers) {

    /**
     * Free ports.
     *
     * @param clients a port that is given, or 0
     */
    static Ports find(int clients) {
        IntStream found = IntStream.generate(FreePort::find);
        IntStream wanted = clients == 0 ? found : IntStream.concat(IntStream.of(clients), found);
        List<Integer> three = wanted.distinct().limit(3).boxed().toList();
        return new Ports(three.get(0), three.get(1), three.get(2));
    }
}
