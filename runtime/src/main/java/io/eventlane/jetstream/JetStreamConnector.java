package io.eventlane.jetstream;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;

import io.eventlane.channel.DeadLetterReplay;
import io.eventlane.channel.Parallel;
import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.Outbound;

/** The application's channels on JetStream. They share one connection. */
public final class JetStreamConnector {

    private static final int ID_BITS = 48;

    private final TopicSpecs topics;
    private final NatsLink link;
    private final Streams streams;
    private final ScheduledExecutorService timer;
    private final String instance = Long.toString(new SecureRandom().nextLong(1L << ID_BITS), Character.MAX_RADIX);
    private final GroupKeeper groups;
    private final AckInbox answers;
    private final Replays replays = new Replays();
    private final List<Source> sources = new CopyOnWriteArrayList<>();

    JetStreamConnector(NatsLink link, TopicSpecs topics, ScheduledExecutorService timer) {
        this.link = link;
        this.topics = topics;
        this.streams = new Streams(link, topics);
        this.timer = timer;
        this.groups = new GroupKeeper(link);
        this.answers = AckInbox.of(link);
    }

    /**
     * What an application tells about itself.
     *
     * @param timer runs short tasks that never block; it must live longer than the connector
     */
    public record Definition(ConnectionSettings connection, TopicSpecs topics, ScheduledExecutorService timer) {
    }

    /** Begins to connect; returns before a server was reached. */
    public static JetStreamConnector open(Definition definition) {
        return new JetStreamConnector(NatsLink.open(definition.connection()), definition.topics(), definition.timer());
    }

    /** What is configured of a topic. */
    public TopicSpec topic(String name) {
        return topics.of(name);
    }

    // Outgoing

    /** Opens an outgoing channel; of a name, once. Reaches for its stream in the background. */
    public Outbound openOutgoing(JetStreamOutgoing channel) {
        TopicSpec spec = topics.of(channel.topic());
        return spec.isEphemeral() ? new EphemeralOutbound(channel, link)
                : JetStreamOutbound.open(channel, answers, new StreamOfTopic(link, streams, spec), timer);
    }

    /**
     * Sends dead letters back.
     *
     * @param letters the dead-letter topic; what is said of it holds for the topics that letters go back to
     * @param group of the channel
     */
    public DeadLetterReplay replay(JetStreamOutgoing letters, String group) {
        return new JetStreamDeadLetterReplay(link, streams, SourceTopic.of(letters.topic(), topics), group, replays,
                topic -> openOutgoing(new JetStreamOutgoing(letters.channel(), topic, letters.prefix(),
                        topics.of(topic).isPartitioned(), topics.of(topic).payloadCompression(), letters.maxInflight(),
                        letters.ordered(),
                        letters.ackTimeout(), letters.deliveryTimeout())));
    }

    /**
     * Has replays send nothing more, and waits up to the deadline for what they have sent: what has no answer by then fails.
     * Idempotent.
     */
    public void closeReplays(Duration deadline) {
        replays.close(deadline);
    }

    // Incoming

    /** What is wrong with incoming channels, each with the property's full name and the mend. Reaches for no server. */
    public List<String> problems(Collection<JetStreamIncoming> channels) {
        return new ChannelProblems(topics).of(channels);
    }

    /** Adds an incoming channel, before {@link #startIncoming()}. */
    public void addIncoming(JetStreamIncoming channel) {
        boolean ephemeral = channel.channel().topics().stream().allMatch(topic -> topics.of(topic).isEphemeral());
        sources.add(ephemeral ? new EphemeralSource(channel, link, timer)
                : new JetStreamSource(channel, topics, link, streams, groups, instance, timer));
    }

    /** Begins to consume. Returns before a server was reached. */
    public void startIncoming() {
        sources.forEach(Source::start);
        groups.start();
    }

    /** How the incoming channels are doing. Safe for any thread. */
    public List<ChannelStatus> status() {
        return sources.stream().map(Source::status).toList();
    }

    /**
     * Takes no more, waits up to the deadline for running handlers, acknowledges what is done, gives the rest back, and
     * leaves the groups. Outgoing channels stay open, for what the handlers publish. Idempotent.
     */
    public void closeIncoming(Duration deadline) {
        Parallel.forEach(sources, "eventlane-jetstream-close", source -> source.close(deadline));
        groups.close(deadline);
    }

    /** Closes the connection. To be called when all channels and replays are closed. Idempotent. */
    public void close() {
        link.close();
    }
}
