package io.eventlane.brokers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports that nothing listens on. */
public final class FreePort {

    /** Below 32768, where Linux begins to hand out ports to outgoing connections. */
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 31_999;
    private static final int ATTEMPTS = 200;

    private FreePort() {
    }

    /**
     * A port of 127.0.0.1 between 20000 and 31999 that was free a moment ago. It is chosen at random, so that two
     * processes that ask at the same time hardly ever get the same one.
     */
    public static int find() {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port found between " + LOWEST + " and " + HIGHEST + " on 127.0.0.1");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
