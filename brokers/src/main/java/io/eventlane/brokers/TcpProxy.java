package io.eventlane.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on 127.0.0.1 in front of a port of 127.0.0.1, to disturb what goes through it. Clients of Kafka connect to
 * the address that the broker advertises, so a broker behind a proxy has to advertise the proxy's port:
 *
 * <pre>{@code
 * int port = FreePort.find();
 * TcpProxy proxy = TcpProxy.to(port);
 * KafkaBroker.start(KafkaBrokerOptions.DEFAULTS.withPort(port).withAdvertisedPort(proxy.port()));
 * }</pre>
 *
 * Safe for several threads. Its own threads are virtual and end with it.
 */
public final class TcpProxy implements AutoCloseable {

    private static final int BIND_ATTEMPTS = 3;

    private final InetSocketAddress target;
    private final ExecutorService threads;
    private final Gate gate = new Gate();
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final int port;

    private @Nullable Listener listener;
    private volatile Duration latency = Duration.ZERO;

    private TcpProxy(int targetPort) {
        target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
        ServerSocket bound = bindAnywhere();
        port = bound.getLocalPort();
        threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("tcp-proxy-" + port + "-", 1).factory());
        listen(bound);
    }

    /**
     * Starts a proxy on a free port. Nothing needs to listen on the target's port yet; until something does, a connection
     * is reset as soon as it is made.
     */
    public static TcpProxy to(int targetPort) {
        return new TcpProxy(targetPort);
    }

    public int port() {
        return port;
    }

    /** {@code 127.0.0.1:port} */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Resets every connection that there is, at both ends. New ones are welcome. */
    public void cut() {
        connections.forEach(ProxiedConnection::reset);
    }

    /** Refuses new connections; those that there are stay, unless they are {@link #cut}, too. Idempotent. */
    public synchronized void refuse() {
        if (listener != null) {
            listener.close();
            listener = null;
        }
    }

    /**
     * Takes new connections again, on the same port. Idempotent.
     *
     * @throws IllegalStateException when the proxy is closed
     */
    public synchronized void accept() {
        if (threads.isShutdown()) {
            throw new IllegalStateException("The proxy is closed: start a new one");
        }
        if (listener == null) {
            listen(bind(port));
        }
    }

    /** Holds everything back that is sent in either direction, the ends of connections too. They stay open. Idempotent. */
    public void stall() {
        gate.shut();
    }

    /** Lets through what {@link #stall} held back, and what comes next. Idempotent. */
    public void resume() {
        gate.open();
    }

    /**
     * Delays what is sent in either direction from now on. A connection carries at most 64 KiB per delay.
     *
     * @param latency zero for none
     */
    public void delay(Duration latency) {
        this.latency = latency;
    }

    /** Resets every connection, and returns when no thread is left. Idempotent. */
    @Override
    public void close() {
        refuse();
        threads.shutdown();
        cut();
        threads.close();
    }

    private synchronized void listen(ServerSocket server) {
        listener = new Listener(server, CompletableFuture.runAsync(() -> acceptFrom(server), threads));
    }

    private void acceptFrom(ServerSocket server) {
        try {
            while (true) {
                connect(server.accept());
            }
        } catch (IOException e) {
            // Closed by refuse().
        }
    }

    private void connect(Socket client) {
        ProxiedConnection connection = new ProxiedConnection(client, this::pass);
        connections.add(connection);
        try {
            threads.execute(() -> {
                connection.run(target, threads);
                connections.remove(connection);
            });
        } catch (RejectedExecutionException e) {
            // close() came between.
            connection.reset();
        }
    }

    /** Returns when what was read may be written. */
    private void pass() throws InterruptedException {
        Thread.sleep(latency);
        gate.pass();
    }

    private static ServerSocket bindAnywhere() {
        for (int attempt = 1;; attempt++) {
            try {
                return bind(FreePort.find());
            } catch (UncheckedIOException e) {
                if (attempt == BIND_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static ServerSocket bind(int port) {
        try {
            return new ServerSocket(port, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("Could not listen on port " + port, e);
        }
    }

    /** @param loop ends when the socket is closed */
    private record Listener(ServerSocket server, CompletableFuture<Void> loop) {

        /** Returns when connections are refused: the socket stays open for as long as a virtual thread uses it. */
        void close() {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            loop.join();
        }
    }
}
