package io.eventlane.brokers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;

/** What the broker's own JVM runs: formats the data directory when it is new, serves, and ends with its standard input. */
final class KafkaBrokerMain {

    private KafkaBrokerMain() {
    }

    /**
     * @param args the file with the server's properties
     */
    public static void main(String[] args) throws Exception {
        Properties properties = read(Path.of(args[0]));
        Thread.ofPlatform().name("parent-watch").daemon().start(KafkaBrokerMain::endWithParent);
        format(properties);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
        try {
            server.startup();
        } catch (Throwable e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
        System.out.println(ChildJvm.READY);
        server.awaitShutdown();
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newInputStream(file)) {
            properties.load(in);
        }
        return properties;
    }

    private static void format(Properties properties) throws Exception {
        new Formatter()
                .setPrintStream(System.err)
                .setNodeId(Integer.parseInt(properties.getProperty("node.id")))
                .setClusterId(properties.getProperty("cluster.id"))
                .setControllerListenerName(properties.getProperty("controller.listener.names"))
                .addDirectory(properties.getProperty("log.dirs"))
                .setMetadataLogDirectory(properties.getProperty("log.dirs"))
                .setIgnoreFormatted(true)
                .run();
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever sent: only the end counts.
            }
        } catch (IOException e) {
            // As good as the end.
        }
        Runtime.getRuntime().halt(0);
    }
}
