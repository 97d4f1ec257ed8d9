package io.eventlane.brokers;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker, broker and controller in one, in a JVM of its own on 127.0.0.1. It can be killed, frozen and
 * started again with its data, and ends with this JVM. Not safe for several threads at once.
 */
public final class KafkaBroker implements AutoCloseable {

    private static final List<String> JVM_OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            "-Dorg.slf4j.simpleLogger.showDateTime=true", "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.config=warn",
            "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaConfig=warn");

    private final KafkaBrokerOptions options;
    private final Quorum quorum;
    private final int id;
    private final WorkDirectory directory;

    private @Nullable ShutdownHook shutdownHook;
    private @Nullable ChildJvm child;
    private boolean closed;

    KafkaBroker(KafkaBrokerOptions options, Quorum quorum, int id, WorkDirectory directory) {
        this.options = options;
        this.quorum = quorum;
        this.id = id;
        this.directory = directory;
    }

    /** Starts a broker with {@link KafkaBrokerOptions#DEFAULTS} and returns when it serves clients. */
    public static KafkaBroker start() {
        return start(KafkaBrokerOptions.DEFAULTS);
    }

    /**
     * Starts a broker and returns when it serves clients.
     *
     * @throws IllegalStateException when it does not start; the message ends with the end of its log
     */
    public static KafkaBroker start(KafkaBrokerOptions options) {
        WorkDirectory directory = WorkDirectory.of(options.dataDirectory());
        try {
            KafkaBroker broker = QuorumStart.start(options, List.of(directory)).getFirst();
            broker.shutdownHook = ShutdownHook.add(broker::close);
            return broker;
        } catch (RuntimeException | Error e) {
            directory.deleteIfTemporary();
            throw e;
        }
    }

    /** A broker that all tests of this JVM may use, each with its own topics and groups. It is started by the first call. */
    public static KafkaBroker shared() {
        return Shared.BROKER;
    }

    /** {@code 127.0.0.1:port}, with the advertised port where one was given. */
    public String bootstrapServers() {
        return "127.0.0.1:" + (options.advertisedPort() == 0 ? port() : options.advertisedPort());
    }

    /** The port that the broker itself listens on for clients. */
    public int port() {
        return quorum.ports(id).clients();
    }

    /** The process id of the broker's JVM. */
    public long pid() {
        return running().pid();
    }

    public boolean isRunning() {
        return child != null && child.process().isAlive();
    }

    /** The broker's log. */
    public Path logFile() {
        return directory.path().resolve("broker.log");
    }

    /** Ends the process as {@code kill -9} does, and returns when it is gone. Its data stay. */
    public void kill() {
        if (child != null) {
            child.process().kill();
        }
    }

    /**
     * Starts the broker again on the same port with the same data, killing it first where it runs, and returns when it
     * serves clients. In a cluster that takes a majority of the nodes.
     */
    public void restart() {
        QuorumStart.launch(List.of(this));
    }

    /** Stops the process in the middle of what it does: its connections stay open and nothing answers. */
    public void freeze() {
        running().freeze();
    }

    /** Lets a frozen process go on. */
    public void thaw() {
        running().signal("CONT");
    }

    /** Kills the broker, and deletes its data unless the directory was given. Idempotent. */
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

    /** Starts the process, killing it first where it runs; {@link #awaitReady} is due next. */
    void spawn() {
        if (closed) {
            throw new IllegalStateException("The broker is closed, and its data may be gone: start a new one");
        }
        kill();
        Path settings = directory.path().resolve("server.properties");
        try (OutputStream out = Files.newOutputStream(settings)) {
            ServerProperties.of(options, quorum, id, directory.path().resolve("data")).store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> jvmOptions = new ArrayList<>(JVM_OPTIONS);
        jvmOptions.addAll(options.jvmOptions());
        child = ChildJvm.start(classPath(), jvmOptions, KafkaBrokerMain.class, List.of(settings.toString()), logFile());
    }

    void awaitReady() {
        Objects.requireNonNull(child, "spawn() comes first").awaitReady();
    }

    /** This module's code, and the broker's jars as the build listed them. */
    private static String classPath() {
        try (InputStream in = KafkaBroker.class.getResourceAsStream("kafka.classpath")) {
            if (in == null) {
                throw new IllegalStateException("kafka.classpath is missing beside " + KafkaBroker.class.getName()
                        + ": build the module brokers with Maven, which writes it");
            }
            String jars = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            return ChildJvm.codeOf(KafkaBroker.class) + File.pathSeparator + jars;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ChildProcess running() {
        if (child == null || !child.process().isAlive()) {
            throw new IllegalStateException("The broker is not running: call restart()");
        }
        return child.process();
    }

    private static final class Shared {

        static final KafkaBroker BROKER = start();
    }

    /**
     * Runs a broker in the foreground until it or this process ends, and prints
     * {@code kafka.bootstrap.servers=127.0.0.1:port} once it serves.
     *
     * @param args optionally {@code --port=…}, {@code --data=…}, {@code --partitions=…} and any {@code name=value} of
     *        the server's properties
     */
    public static void main(String[] args) throws InterruptedException {
        KafkaBrokerOptions options = KafkaBrokerOptions.DEFAULTS;
        for (String arg : args) {
            options = with(options, arg);
        }
        try (KafkaBroker broker = start(options)) {
            System.out.println("kafka.bootstrap.servers=" + broker.bootstrapServers());
            broker.running().await();
        }
    }

    private static KafkaBrokerOptions with(KafkaBrokerOptions options, String arg) {
        int equals = arg.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("Expected --port=, --data=, --partitions= or name=value, but got: " + arg);
        }
        String value = arg.substring(equals + 1);
        return switch (arg.substring(0, equals)) {
            case "--port" -> options.withPort(Integer.parseInt(value));
            case "--data" -> options.withDataDirectory(Path.of(value));
            case "--partitions" -> options.withPartitions(Integer.parseInt(value));
            default -> options.withProperty(arg.substring(0, equals), value);
        };
    }
}
