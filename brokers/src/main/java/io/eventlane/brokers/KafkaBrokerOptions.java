package io.eventlane.brokers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * How a {@link KafkaBroker} is started.
 *
 * @param port the port that the broker listens on for clients; 0 for any free one
 * @param advertisedPort the port that clients are told to connect to, such as that of a {@link TcpProxy}; 0 for the port
 *        that the broker listens on
 * @param dataDirectory where the broker keeps its data and its log file, left in place on close; {@code null} for a
 *        temporary directory that is deleted on close
 * @param partitions of topics that are created by being used
 * @param properties further settings of the server, such as {@code message.max.bytes}; they win over the broker's
 *        defaults
 * @param jvmOptions of the broker's JVM, such as {@code -Xmx1g}; they come after the defaults and so win over them
 */
public record KafkaBrokerOptions(
        int port,
        int advertisedPort,
        @Nullable Path dataDirectory,
        int partitions,
        Map<String, String> properties,
        List<String> jvmOptions) {

    /** Any free port, a temporary directory, one partition. */
    public static final KafkaBrokerOptions DEFAULTS = new KafkaBrokerOptions(0, 0, null, 1, Map.of(), List.of());

    /** What brokers and controllers are to each other. */
    static final String SUPER_USER = "broker";

    public KafkaBrokerOptions {
        requirePort("port", port);
        requirePort("advertisedPort", advertisedPort);
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be >= 1, but is " + partitions);
        }
        properties = Map.copyOf(properties);
        jvmOptions = List.copyOf(jvmOptions);
    }

    public KafkaBrokerOptions withPort(int port) {
        return new KafkaBrokerOptions(port, advertisedPort, dataDirectory, partitions, properties, jvmOptions);
    }

    public KafkaBrokerOptions withAdvertisedPort(int advertisedPort) {
        return new KafkaBrokerOptions(port, advertisedPort, dataDirectory, partitions, properties, jvmOptions);
    }

    public KafkaBrokerOptions withDataDirectory(Path dataDirectory) {
        return new KafkaBrokerOptions(port, advertisedPort, dataDirectory, partitions, properties, jvmOptions);
    }

    public KafkaBrokerOptions withPartitions(int partitions) {
        return new KafkaBrokerOptions(port, advertisedPort, dataDirectory, partitions, properties, jvmOptions);
    }

    public KafkaBrokerOptions withProperty(String name, Object value) {
        Map<String, String> more = new TreeMap<>(properties);
        more.put(name, value.toString());
        return new KafkaBrokerOptions(port, advertisedPort, dataDirectory, partitions, more, jvmOptions);
    }

    /**
     * A broker that obeys access rules, which are added and removed with a client's {@code Admin}. Clients, that one among
     * them, are {@code User:ANONYMOUS}; the brokers may do everything. A topic, group or cluster without a rule is open to
     * everybody; as soon as it has one, whatever no rule allows is denied.
     */
    public KafkaBrokerOptions withAuthorizer() {
        return withProperty("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .withProperty("principal.builder.class", "io.eventlane.brokers.ListenerPrincipals")
                .withProperty("allow.everyone.if.no.acl.found", true)
                .withProperty("super.users", "User:" + SUPER_USER);
    }

    public KafkaBrokerOptions withJvmOptions(String... jvmOptions) {
        return new KafkaBrokerOptions(port, advertisedPort, dataDirectory, partitions, properties, List.of(jvmOptions));
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + " must be between 0 and 65535, but is " + port);
        }
    }
}
