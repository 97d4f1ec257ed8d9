package io.eventlane.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A real nats-server with JetStream, a process on 127.0.0.1. It can be killed, frozen and started again with its data, and
 * ends with this JVM. It tells clients no address, so that one that was given a {@link TcpProxy}'s stays behind that. Not
 * safe for several threads at once.
 */
public final class NatsServer implements AutoCloseable {

    private static final int BIND_ATTEMPTS = 3;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private final NatsServerOptions options;
    private final NatsNode node;
    private final WorkDirectory directory;

    private @Nullable ShutdownHook shutdownHook;
    private @Nullable NatsProcess process;
    private boolean closed;

    NatsServer(NatsServerOptions options, NatsNode node, WorkDirectory directory) {
        this.options = options;
        this.node = node;
        this.directory = directory;
    }

    /** Starts a server with {@link NatsServerOptions#DEFAULTS} and returns when it serves clients. */
    public static NatsServer start() {
        return start(NatsServerOptions.DEFAULTS);
    }

    /**
     * Starts a server and returns when it serves clients.
     *
     * @throws IllegalStateException when there is no nats-server, or it does not start; the message says how to get one, or
     *         ends with the end of its log
     */
    public static NatsServer start(NatsServerOptions options) {
        WorkDirectory directory = WorkDirectory.of(options.directory());
        try {
            NatsServer server = onFreePorts(() -> {
                NatsServer each = new NatsServer(options, NatsNode.alone(options.port()), directory);
                launch(List.of(each));
                return each;
            });
            server.shutdownHook = ShutdownHook.add(server::close);
            return server;
        } catch (RuntimeException | Error e) {
            directory.deleteIfTemporary();
            throw e;
        }
    }

    /**
     * A server that all tests of this JVM may use, each with its own streams and subjects. It is started by the first call.
     */
    public static NatsServer shared() {
        return Shared.SERVER;
    }

    /** {@code nats://127.0.0.1:port} */
    public String url() {
        return "nats://127.0.0.1:" + port();
    }

    /** The port that the server listens on for clients. */
    public int port() {
        return node.clients();
    }

    /** {@code http://127.0.0.1:port}, where the server tells about itself: {@code /varz}, {@code /connz}, {@code /jsz}. */
    public String monitoringUrl() {
        return node.monitoringUrl();
    }

    /** What the server is called among those of a cluster. */
    public String name() {
        return node.name();
    }

    /** The process id of the server. */
    public long pid() {
        return running().pid();
    }

    public boolean isRunning() {
        return process != null && process.process().isAlive();
    }

    /** The server's log. */
    public Path logFile() {
        return directory.path().resolve("nats.log");
    }

    /** Ends the process as {@code kill -9} does, and returns when it is gone. Its data stay. */
    public void kill() {
        if (process != null) {
            process.process().kill();
        }
    }

    /**
     * Ends the process in an orderly way, and returns when it is gone. Its data stay.
     *
     * @throws IllegalStateException when it still runs after 30 seconds, such as one that is frozen
     */
    public void stop() {
        if (process != null) {
            process.process().stop(STOP_TIMEOUT);
        }
    }

    /**
     * Starts the server again on the same port with the same data, killing it first where it runs, and returns when it
     * serves clients. In a cluster that takes a majority of the nodes.
     */
    public void restart() {
        launch(List.of(this));
    }

    /** Stops the process in the middle of what it does: its connections stay open and nothing answers. */
    public void freeze() {
        running().freeze();
    }

    /** Lets a frozen process go on. */
    public void thaw() {
        running().signal("CONT");
    }

    /**
     * Has the server leave slowly: it tells its clients, takes no new ones, and after {@code lame_duck_grace_period}, 10
     * seconds where it is not set, ends their connections one by one over {@code lame_duck_duration}, two minutes and at
     * least 30 seconds. Then it ends.
     */
    public void lameDuck() {
        running().signal("USR2");
    }

    /** Kills the server, and deletes its data unless the directory was given. Idempotent. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        kill();
        if (shutdownHook != null) {
            shutdownHook.remove();
        }
        directory.deleteIfTemporary();
    }

    /** Starts servers and returns when all of them serve clients; if one does not start, none is left running. */
    static void launch(List<NatsServer> servers) {
        try {
            servers.forEach(NatsServer::spawn);
            servers.forEach(each -> Objects.requireNonNull(each.process).awaitReady());
        } catch (RuntimeException | Error e) {
            servers.forEach(NatsServer::kill);
            throw e;
        }
    }

    /** Tries again where somebody else was faster with a port that was free a moment ago. */
    static <T> T onFreePorts(Supplier<T> start) {
        for (int attempt = 1;; attempt++) {
            try {
                return start.get();
            } catch (IllegalStateException e) {
                if (attempt == BIND_ATTEMPTS || !String.valueOf(e.getMessage()).contains("address already in use")) {
                    throw e;
                }
            }
        }
    }

    private void spawn() {
        if (closed) {
            throw new IllegalStateException("The server is closed, and its data may be gone: start a new one");
        }
        kill();
        NatsRelease release = options.release() == null ? NatsServers.standard() : options.release();
        Path configuration = directory.path().resolve("nats.conf");
        try {
            Files.writeString(configuration, node.configuration(options, directory.path().resolve("data").toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = NatsProcess.start(release.executable(), configuration, logFile(), node);
    }

    private ChildProcess running() {
        if (process == null || !process.process().isAlive()) {
            throw new IllegalStateException("The server is not running: call restart()");
        }
        return process.process();
    }

    private static final class Shared {

        static final NatsServer SERVER = start();
    }

    /**
     * Runs a server in the foreground until it or this process ends, and prints
     * {@code quarkus.eventlane.jetstream.servers=nats://127.0.0.1:port} once it serves.
     *
     * @param args optionally {@code --port=…}, {@code --data=…}, and any {@code name=value} of the server's configuration
     */
    public static void main(String[] args) throws InterruptedException {
        NatsServerOptions options = NatsServerOptions.DEFAULTS;
        for (String arg : args) {
            options = with(options, arg);
        }
        try (NatsServer server = start(options)) {
            System.out.println("quarkus.eventlane.jetstream.servers=" + server.url());
            server.running().await();
        }
    }

    private static NatsServerOptions with(NatsServerOptions options, String arg) {
        int equals = arg.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("Expected --port=, --data= or name=value, but got: " + arg);
        }
        String value = arg.substring(equals + 1);
        return switch (arg.substring(0, equals)) {
            case "--port" -> options.withPort(Integer.parseInt(value));
            case "--data" -> options.withDirectory(Path.of(value));
            default -> options.withSetting(arg.substring(0, equals), value);
        };
    }
}
