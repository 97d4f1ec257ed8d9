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
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker, broker and controller in one, in a JVM of its own on 127.0.0.1. It can be killed, frozen and
 * started again with its data, and ends with this JVM. Not safe for several threads at once.
 */
public final class KafkaBroker implements AutoCloseable {

    private static final List<String> JVM_OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            "-Dorg.slf4j.simpleLogger.showDateTime=true", "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.config=warn",
            "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaConfig=warn");
    private static final int BIND_ATTEMPTS = 3;

    private final KafkaBrokerOptions options;
    private final Path directory;
    private final Thread shutdownHook = new Thread(this::close, "broker-shutdown");

    private int port;
    private int controllerPort;
    private @Nullable ChildJvm child;
    private boolean closed;

    private KafkaBroker(KafkaBrokerOptions options) {
        this.options = options;
        this.directory = directory(options);
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
        KafkaBroker broker = new KafkaBroker(options);
        try {
            broker.startFirstTime();
            Runtime.getRuntime().addShutdownHook(broker.shutdownHook);
            return broker;
        } catch (RuntimeException | Error e) {
            broker.close();
            throw e;
        }
    }

    /** A broker that all tests of this JVM may use, each with its own topics and groups. It is started by the first call. */
    public static KafkaBroker shared() {
        return Shared.BROKER;
    }

    /** {@code 127.0.0.1:port} */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** The process id of the broker's JVM. */
    public long pid() {
        return running().pid();
    }

    public boolean isRunning() {
        return child != null && child.isAlive();
    }

    /** The broker's log. */
    public Path logFile() {
        return directory.resolve("broker.log");
    }

    /** Ends the process as {@code kill -9} does, and returns when it is gone. Its data stay. */
    public void kill() {
        killChild();
    }

    /** Starts the broker again on the same port with the same data, killing it first where it runs. */
    public void restart() {
        if (closed) {
            throw new IllegalStateException("The broker is closed, and its data may be gone: start a new one");
        }
        kill();
        launch();
    }

    /** Stops the process in the middle of what it does: its connections stay open and nothing answers. */
    public void freeze() {
        running().signal("STOP");
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
        killChild();
        forgetShutdownHook();
        if (options.dataDirectory() == null) {
            delete(directory);
        }
    }

    private void startFirstTime() {
        for (int attempt = 1;; attempt++) {
            port = options.port() == 0 ? FreePort.find() : options.port();
            controllerPort = FreePort.find();
            try {
                launch();
                return;
            } catch (IllegalStateException e) {
                if (attempt == BIND_ATTEMPTS || options.port() != 0
                        || !String.valueOf(e.getMessage()).contains("BindException")) {
                    throw e;
                }
            }
        }
    }

    private void launch() {
        Path settings = directory.resolve("server.properties");
        try (OutputStream out = Files.newOutputStream(settings)) {
            ServerProperties.of(options, port, controllerPort, directory.resolve("data")).store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> jvmOptions = new ArrayList<>(JVM_OPTIONS);
        jvmOptions.addAll(options.jvmOptions());
        child = ChildJvm.start(classPath(), jvmOptions, KafkaBrokerMain.class, List.of(settings.toString()), logFile());
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

    private ChildJvm running() {
        if (child == null || !child.isAlive()) {
            throw new IllegalStateException("The broker is not running: call restart()");
        }
        return child;
    }

    private void killChild() {
        ChildJvm current = child;
        if (current != null) {
            current.kill();
        }
    }

    private void forgetShutdownHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // The JVM is shutting down already.
        }
    }

    private static Path directory(KafkaBrokerOptions options) {
        try {
            Path given = options.dataDirectory();
            return given == null ? Files.createTempDirectory("eventlane-kafka-") : Files.createDirectories(given);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path root) {
        try (var paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not delete " + root, e);
        }
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
