package io.eventlane.runtime.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.eventlane.channel.DeadLetterReplay;
import io.eventlane.jetstream.JetStreamConnector;
import io.eventlane.jetstream.JetStreamConnector.Definition;
import io.eventlane.jetstream.JetStreamIncoming;
import io.eventlane.jetstream.JetStreamOutgoing;
import io.eventlane.jetstream.TopicSpec;
import io.eventlane.runtime.config.ConnectorAttributes;
import io.eventlane.runtime.config.IncomingSettings;
import io.eventlane.runtime.config.OutgoingSettings;
import io.eventlane.runtime.config.Settings;
import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.Outbound;

/** The application's channels on NATS JetStream. */
final class JetStreamChannels implements ConnectorChannels {

    private static final ConnectorAttributes ATTRIBUTES = new ConnectorAttributes("jetstream",
            Set.of("revoke-timeout", "ack-wait", "max-ack-pending", "max-waiting", "max-deliver", "deliver-policy",
                    "start-sequence", "start-time", "fetch-batch", "fetch-expires", "double-ack", "session-timeout",
                    "consumer-replicas"),
            Set.of("ack-timeout", "delivery-timeout"), false);
    private static final int MAX_FAILURES_INFLIGHT = 10_000;
    private static final Duration FAILURE_ACK_TIMEOUT = Duration.ofSeconds(5);
    /**
     * A letter that cannot be sent is parked and sent again. A partition that is given away waits for letters that are on
     * their way, but not for parked ones.
     */
    private static final Duration FAILURE_DELIVERY_TIMEOUT = Duration.ofSeconds(10);

    private final Supplier<Definition> definitions;
    private final FailureTopics failureTopics = new FailureTopics();
    private final ReentrantLock opening = new ReentrantLock();
    private volatile @Nullable JetStreamConnector connector;

    /**
     * @param definitions asked once, when a channel needs it
     */
    JetStreamChannels(Supplier<Definition> definitions) {
        this.definitions = definitions;
    }

    @Override
    public ConnectorAttributes attributes() {
        return ATTRIBUTES;
    }

    /** The connection is made with the first channel that needs it. */
    private JetStreamConnector connector() {
        JetStreamConnector open = connector;
        if (open != null) {
            return open;
        }
        opening.lock();
        try {
            if (connector == null) {
                connector = JetStreamConnector.open(definitions.get());
            }
            return connector;
        } finally {
            opening.unlock();
        }
    }

    // Outgoing

    @Override
    public List<String> problems(List<OutgoingSettings> channels) {
        List<String> problems = new ArrayList<>();
        channels.forEach(
                channel -> requireTopic(Settings.outgoingPrefix(channel.channel()) + "topic", channel.topic(), problems));
        return problems;
    }

    private static void requireTopic(String property, String topic, List<String> problems) {
        if (!TopicSpec.isTopic(topic)) {
            problems.add("%s cannot be a subject of NATS: name it without white space, wildcards or empty tokens, not '%s'"
                    .formatted(property, topic));
        }
    }

    @Override
    public Outbound open(OutgoingSettings channel) {
        TopicSpec topic = connector().topic(channel.topic());
        return connector().openOutgoing(new JetStreamOutgoing(channel.channel(), channel.topic(),
                Settings.outgoingPrefix(channel.channel()), topic.isPartitioned(), topic.payloadCompression(),
                channel.maxInflightMessages(), channel.ordered(), channel.jetStream().ackTimeout(),
                channel.jetStream().deliveryTimeout()));
    }

    // Topics for failed events

    @Override
    public List<String> failureTopicProblems(List<IncomingSettings> channels) {
        List<String> problems = new ArrayList<>();
        for (IncomingSettings channel : channels) {
            String prefix = Settings.incomingPrefix(channel.channel());
            String deadLetters = channel.failures().deadLetterTopic();
            if (deadLetters != null) {
                requireTopic(prefix + "dead-letter-queue.topic", deadLetters, problems);
            }
            channel.failures().retryTopics()
                    .forEach(retry -> requireTopic(prefix + "delayed-retry-topic.topics", retry.topic(), problems));
        }
        return problems;
    }

    @Override
    public Outbound openFailureTopic(IncomingSettings channel, String topic) {
        return failureTopics.add(connector().openOutgoing(failureTopic(channel, topic)));
    }

    private JetStreamOutgoing failureTopic(IncomingSettings channel, String name) {
        TopicSpec topic = connector().topic(name);
        return new JetStreamOutgoing(channel.channel() + " -> " + name, name, null, topic.isPartitioned(),
                topic.payloadCompression(), MAX_FAILURES_INFLIGHT, true, FAILURE_ACK_TIMEOUT, FAILURE_DELIVERY_TIMEOUT);
    }

    @Override
    public @Nullable DeadLetterReplay replay(IncomingSettings channel) {
        String topic = channel.failures().deadLetterTopic();
        return topic == null ? null
                : (sorter, stop) -> connector().replay(failureTopic(channel, topic), channel.groupId()).run(sorter, stop);
    }

    @Override
    public void closeFailureTopics(Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        failureTopics.close(deadline);
        JetStreamConnector open = connector;
        if (open != null) {
            open.closeReplays(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
    }

    // Incoming

    @Override
    public void openIncoming(List<Intake> channels) {
        List<String> problems = new ArrayList<>();
        channels.forEach(channel -> channel.channel().topics()
                .forEach(topic -> requireTopic(channel.channel().property("topic"), topic, problems)));
        AllChannels.requireNone(problems);
        List<JetStreamIncoming> incoming = channels.stream()
                .map(channel -> new JetStreamIncoming(channel.channel(), channel.settings().jetStream())).toList();
        AllChannels.requireNone(connector().problems(incoming));
        incoming.forEach(connector()::addIncoming);
    }

    @Override
    public void startIncoming() {
        JetStreamConnector open = connector;
        if (open != null) {
            open.startIncoming();
        }
    }

    @Override
    public List<ChannelStatus> status() {
        JetStreamConnector open = connector;
        return open == null ? List.of() : open.status();
    }

    @Override
    public void closeIncoming(Duration deadline) {
        JetStreamConnector open = connector;
        if (open != null) {
            open.closeIncoming(deadline);
        }
    }

    @Override
    public void close() {
        JetStreamConnector open = connector;
        if (open != null) {
            open.close();
        }
    }
}
