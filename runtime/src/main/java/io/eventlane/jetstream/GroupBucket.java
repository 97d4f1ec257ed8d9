package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.KeyValueManagement;
import io.nats.client.KeyValueOptions;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StorageType;

/**
 * The bucket of the key-value store in which groups have their values. It has at least as many replicas as each topic's
 * stream, so that the topic can be consumed as long as the stream is there. For one thread, that of the
 * {@link GroupKeeper}.
 */
final class GroupBucket {

    private static final Logger LOG = Logger.getLogger(GroupBucket.class);

    /** Its stream is called {@code KV_eventlane}. */
    static final String NAME = "eventlane";
    private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9_-]+");

    /** How often it is made when others are at it. */
    private static final int ATTEMPTS = 5;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Link link;
    private @Nullable KeyValue store;
    private @Nullable Connection storeOf;
    /** The streams than which it has no fewer replicas. */
    private final Set<String> backed = new HashSet<>();

    GroupBucket(Link link) {
        this.link = link;
    }

    /**
     * The key of a group's value, of names that keys have no room for as they are: what is neither letter, digit, hyphen nor
     * underscore stands there as {@code =3A}, byte for byte.
     */
    static String key(String... names) {
        return Stream.of(names).map(GroupBucket::escaped).collect(Collectors.joining("."));
    }

    private static String escaped(String name) {
        return OTHERS.matcher(name).replaceAll(other -> {
            StringBuilder bytes = new StringBuilder();
            for (byte each : other.group().getBytes(UTF_8)) {
                bytes.append('=').append(HexFormat.of().withUpperCase().toHexDigits(each));
            }
            return bytes.toString();
        });
    }

    /**
     * The bucket for a group of a topic. It is looked for, made, and given replicas, once for each connection and topic, and
     * again after a failure; and as long as the topic's stream is not there.
     */
    KeyValue of(SourceTopic topic, Connection connection) throws IOException, JetStreamApiException {
        KeyValue known = store;
        if (known != null && connection.equals(storeOf) && backed.contains(topic.stream())) {
            return known;
        }
        if (!connection.equals(storeOf)) {
            forget();
        }
        Integer replicas = replicas(topic, connection);
        boolean provided = provide(connection.keyValueManagement(options()), replicas == null ? configured(topic) : replicas);
        KeyValue found = connection.keyValue(NAME, options());
        store = found;
        storeOf = connection;
        if (replicas != null && provided) {
            backed.add(topic.stream());
        }
        return found;
    }

    /** Something is wrong with it: it is looked for again. */
    void forget() {
        store = null;
        backed.clear();
    }

    KeyValueOptions options() {
        return KeyValueOptions.builder().jetStreamOptions(link.jetStream()).build();
    }

    /**
     * Those of the topic's stream.
     *
     * @return {@code null} where it is not there yet
     */
    private @Nullable Integer replicas(SourceTopic topic, Connection connection) throws IOException, JetStreamApiException {
        try {
            return connection.jetStreamManagement(link.jetStream()).getStreamInfo(topic.stream()).getConfiguration()
                    .getReplicas();
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != ConsumerApi.STREAM_NOT_FOUND) {
                throw e;
            }
            return null;
        }
    }

    /** Those that the stream is going to be made with. */
    private static int configured(SourceTopic topic) {
        return Objects.requireNonNullElse(topic.spec().settings().replicas(), 1);
    }

    /**
     * @return whether that is all. Others who give it fewer replicas at the same moment may undo it, so it is looked at once
     *         more
     */
    static boolean provide(KeyValueManagement management, int replicas) throws IOException, JetStreamApiException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            KeyValueConfiguration there = find(management);
            if (there != null) {
                return there.getReplicas() >= replicas || !raise(management, there, replicas);
            }
            if (create(management, replicas)) {
                return true;
            }
            LockSupport.parkNanos(GroupBucket.class, attempt * PAUSE_NANOS);
        }
        throw new IOException("The bucket " + NAME + " is created by others at the same time: it exists, and cannot be found");
    }

    private static @Nullable KeyValueConfiguration find(KeyValueManagement management)
            throws IOException, JetStreamApiException {
        try {
            return management.getStatus(NAME).getConfiguration();
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == ConsumerApi.STREAM_NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    /**
     * @return {@code false} when another instance has made one that has other replicas, which in a cluster takes a moment to be
     *         found
     */
    private static boolean create(KeyValueManagement management, int replicas) throws IOException, JetStreamApiException {
        try {
            management.create(KeyValueConfiguration.builder().name(NAME).description("Who has which partitions (Eventlane)")
                    .storageType(StorageType.File).maxHistoryPerKey(1).replicas(replicas).build());
            return true;
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == StreamFlight.EXISTS) {
                return false;
            }
            throw e;
        }
    }

    /**
     * The groups can do without, as long as the server runs that has the bucket.
     *
     * @return whether it has been changed
     */
    private static boolean raise(KeyValueManagement management, KeyValueConfiguration there, int replicas) {
        try {
            management.update(KeyValueConfiguration.builder(there).replicas(replicas).build());
            LOG.infof("The bucket %s has %d replicas now, as a topic's stream does; it had %d", NAME, replicas,
                    there.getReplicas());
            return true;
        } catch (IOException | JetStreamApiException e) {
            LOG.warnf(
                    "The bucket %s has %d replicas, and a topic's stream %d. It could not be given as many, so ordered channels"
                            + " stop when its server does: %s",
                    NAME, there.getReplicas(), replicas, e);
            return false;
        }
    }
}
