package io.eventlane.runtime.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;

import org.jspecify.annotations.Nullable;

import io.eventlane.channel.DeadLetterReplay;
import io.eventlane.memory.MemoryConnector;
import io.eventlane.memory.MemoryIncoming;
import io.eventlane.memory.MemoryOutgoing;
import io.eventlane.runtime.config.ConnectorAttributes;
import io.eventlane.runtime.config.IncomingSettings;
import io.eventlane.runtime.config.OutgoingSettings;
import io.eventlane.runtime.config.Settings;
import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.Outbound;

/** The application's channels in memory. */
final class MemoryChannels implements ConnectorChannels {

    private static final ConnectorAttributes ATTRIBUTES = new ConnectorAttributes("memory", Set.of(), Set.of(), false);
    /** So many failed events wait in a topic, for a replay or for their next attempt. */
    private static final int MAX_FAILURES = 10_000;

    private final MemoryConnector connector;
    private final FailureTopics failureTopics = new FailureTopics();

    MemoryChannels(ScheduledExecutorService timer) {
        this.connector = new MemoryConnector(timer);
    }

    @Override
    public ConnectorAttributes attributes() {
        return ATTRIBUTES;
    }

    // Outgoing

    @Override
    public List<String> problems(List<OutgoingSettings> channels) {
        return List.of();
    }

    @Override
    public Outbound open(OutgoingSettings channel) {
        return connector.openOutgoing(new MemoryOutgoing(channel.channel(), channel.topic(), channel.maxInflightMessages(),
                Settings.outgoingPrefix(channel.channel()) + "max-inflight-messages"));
    }

    // Topics for failed events

    @Override
    public List<String> failureTopicProblems(List<IncomingSettings> channels) {
        return List.of();
    }

    @Override
    public Outbound openFailureTopic(IncomingSettings channel, String topic) {
        return failureTopics.add(connector.openOutgoing(failureTopic(channel, topic)));
    }

    @Override
    public @Nullable DeadLetterReplay replay(IncomingSettings channel) {
        String topic = channel.failures().deadLetterTopic();
        return topic == null ? null : connector.replay(failureTopic(channel, topic), channel.groupId());
    }

    private static MemoryOutgoing failureTopic(IncomingSettings channel, String topic) {
        return new MemoryOutgoing(channel.channel() + " -> " + topic, topic, MAX_FAILURES, null);
    }

    @Override
    public void closeFailureTopics(Duration deadline) {
        failureTopics.close(deadline);
    }

    // Incoming

    @Override
    public void openIncoming(List<Intake> channels) {
        List<MemoryIncoming> incoming = channels.stream()
                .map(channel -> new MemoryIncoming(channel.channel(), channel.settings().groupId())).toList();
        AllChannels.requireNone(MemoryConnector.problems(incoming));
        connector.openIncoming(incoming);
    }

    @Override
    public void startIncoming() {
        connector.startIncoming();
    }

    @Override
    public List<ChannelStatus> status() {
        return connector.status();
    }

    @Override
    public void closeIncoming(Duration deadline) {
        connector.closeIncoming(deadline);
    }
}
