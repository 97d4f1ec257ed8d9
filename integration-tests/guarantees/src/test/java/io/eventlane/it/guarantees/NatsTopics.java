package io.eventlane.it.guarantees;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.eventlane.journal.Entry;
import io.eventlane.journal.Entry.What;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;

/** Topics and a group on JetStream. The application makes their streams, which are called as the topics. */
final class NatsTopics implements Topics {

    private static final Duration BRIEFLY = Duration.ofSeconds(2);
    private static final int READ_AT_ONCE = 500;
    private static final int STREAM_NOT_FOUND = 10059;
    /** How long a message may be unheard of before it is delivered again: the default, and less than an outage may take. */
    private static final List<Duration> ACK_WAITS = List.of(Duration.ofSeconds(30), Duration.ofSeconds(5));

    private final String name;
    private final Scenario scenario;
    private final String servers;
    private final Connection connection;

    private NatsTopics(String name, Scenario scenario, String servers, Connection connection) {
        this.name = name;
        this.scenario = scenario;
        this.servers = servers;
        this.connection = connection;
    }

    /**
     * @param name unique on the server
     * @param servers their addresses, separated by commas
     */
    static NatsTopics open(String name, Scenario scenario, String servers) {
        Options options = new Options.Builder().servers(servers.split(",")).maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(100))
                .connectionTimeout(BRIEFLY).pingInterval(BRIEFLY).build();
        try {
            return new NatsTopics(name, scenario, servers, Nats.connect(options));
        } catch (IOException e) {
            throw new IllegalStateException("No connection to " + servers, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while connecting", e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void create() {
        // The application does.
    }

    @Override
    public void configure(Settings settings, String process) {
        settings.add("quarkus.eventlane.jetstream.servers", servers);
        settings.add("quarkus.eventlane.topic." + events() + ".partitions", scenario.partitions());
        if (scenario.broker() == Broker.JETSTREAM_CLUSTER) {
            List.of(events(), results(), deadLetters()).forEach(
                    topic -> settings.add("quarkus.eventlane.topic." + topic + ".replicas", Broker.SERVERS));
        }
        settings.ofChannel("session-timeout", scenario.broker().session().toSeconds() + "s");
        settings.ofChannel("fetch-batch", Settings.BATCH);
        settings.ofChannel("max-ack-pending", scenario.maxSpan());
        settings.ofChannel("ack-wait", ackWait().toSeconds() + "s");
    }

    /** It changes from one scenario of a shape to the next. */
    private Duration ackWait() {
        long ofShape = scenario.seed() / Scenario.Shape.values().length;
        return ACK_WAITS.get((int) Math.floorMod(ofShape, (long) ACK_WAITS.size()));
    }

    @Override
    public Outlet outlet() {
        return new NatsOutlet(connection, events(), scenario.partitions() > 1);
    }

    @Override
    public void disturb(Step.What what) throws IOException, JetStreamApiException {
        for (String consumer : management().getConsumerNames(events())) {
            switch (what) {
                case DELETE -> management().deleteConsumer(events(), consumer);
                case STEP_DOWN -> stepDown("CONSUMER.LEADER.STEPDOWN." + events() + "." + consumer);
                default -> throw new IllegalArgumentException("Not for topics on JetStream: " + what);
            }
        }
        if (what == Step.What.STEP_DOWN) {
            stepDown("STREAM.LEADER.STEPDOWN." + events());
        }
    }

    private void stepDown(String leader) {
        connection.publish("$JS.API." + leader, new byte[0]);
    }

    @Override
    public List<String> uncommitted() throws IOException, JetStreamApiException {
        List<ConsumerInfo> consumers = management().getConsumers(events());
        List<String> uncommitted = new ArrayList<>();
        for (String partition : consumers()) {
            ConsumerInfo consumer = consumers.stream().filter(each -> each.getName().equals(partition)).findAny().orElse(null);
            if (consumer == null) {
                uncommitted.add(partition + " does not exist");
            } else if (consumer.getNumPending() > 0 || consumer.getNumAckPending() > 0) {
                uncommitted.add("%s is acknowledged to %d, has %d delivered and not acknowledged, and %d to deliver".formatted(
                        partition, consumer.getAckFloor().getStreamSequence(), consumer.getNumAckPending(),
                        consumer.getNumPending()));
            }
        }
        return uncommitted;
    }

    private List<String> consumers() {
        return scenario.partitions() == 1 ? List.of(group())
                : IntStream.range(0, scenario.partitions()).mapToObj(partition -> group() + "-" + partition).toList();
    }

    @Override
    public Set<String> published() throws IOException, JetStreamApiException {
        Set<String> positions = new HashSet<>();
        read(results(), message -> positions.add(text(message).split(" ")[0]));
        return positions;
    }

    @Override
    public List<Entry> deadLettered() throws IOException, JetStreamApiException {
        List<Entry> entries = new ArrayList<>();
        read(deadLetters(), message -> entries.add(new Entry(What.DEAD_LETTERED, deadLetters(), "events",
                header(message, NatsOutlet.KEY), Work.parse(text(message)).number(), header(message, "dead-letter-topic") + "-"
                        + header(message, "dead-letter-partition") + "@" + header(message, "dead-letter-offset"),
                Entry.NONE, Entry.NONE, Entry.NONE, Entry.NONE)));
        return entries;
    }

    private void read(String stream, Consumer<Message> action) throws IOException, JetStreamApiException {
        long last = lastOf(stream);
        ConsumerConfiguration all = ConsumerConfiguration.builder().ackPolicy(AckPolicy.None).memStorage(true).numReplicas(1)
                .build();
        if (last == 0) {
            return;
        }
        JetStreamSubscription subscription = connection.jetStream().subscribe(null,
                PullSubscribeOptions.builder().stream(stream).configuration(all).build());
        long seen = 0;
        while (seen < last) {
            for (Message message : subscription.fetch(READ_AT_ONCE, BRIEFLY)) {
                seen = message.metaData().streamSequence();
                action.accept(message);
            }
        }
        subscription.unsubscribe();
    }

    /** The sequence of the newest event of a stream; 0 where there is none. */
    private long lastOf(String stream) throws IOException, JetStreamApiException {
        try {
            return management().getStreamInfo(stream).getStreamState().getLastSequence();
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == STREAM_NOT_FOUND) {
                return 0;
            }
            throw e;
        }
    }

    private static String text(Message message) {
        return new String(message.getData(), UTF_8);
    }

    private static String header(Message message, String name) {
        return Objects.requireNonNull(message.getHeaders().getLast(name), () -> "A dead letter without " + name);
    }

    private JetStreamManagement management() throws IOException {
        return connection.jetStreamManagement();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
