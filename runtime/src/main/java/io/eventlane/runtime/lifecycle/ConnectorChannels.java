package io.eventlane.runtime.lifecycle;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.eventlane.channel.DeadLetterReplay;
import io.eventlane.runtime.config.ConnectorAttributes;
import io.eventlane.runtime.config.IncomingSettings;
import io.eventlane.runtime.config.OutgoingSettings;
import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.Outbound;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * The application's channels on one connector. Nothing of the connector is created before a channel needs it: neither a
 * client nor a thread.
 */
interface ConnectorChannels {

    /** What it is called, and which attributes of channels it reads. */
    ConnectorAttributes attributes();

    // Outgoing; safe for any thread

    /**
     * What is wrong with outgoing channels, beside what is wrong with those of any connector: each with the property's full
     * name and the mend. Reaches for no broker.
     */
    List<String> problems(List<OutgoingSettings> channels);

    /**
     * Opens an outgoing channel; of a name, once.
     *
     * @throws RuntimeException when its settings are wrong
     */
    Outbound open(OutgoingSettings channel);

    // Topics for failed events

    /** As {@link #problems}, with the topics that failed events of incoming channels are sent to. */
    List<String> failureTopicProblems(List<IncomingSettings> channels);

    /** Opens a topic that failed events of an incoming channel are sent to; of a channel, each topic once. */
    Outbound openFailureTopic(IncomingSettings channel, String topic);

    /** Sends dead letters back; {@code null} where the channel has none. Reaches for no broker before it is run. */
    @Nullable
    DeadLetterReplay replay(IncomingSettings channel);

    /** To be called when no handler runs any more. Idempotent. */
    void closeFailureTopics(Duration deadline);

    // Incoming

    /**
     * Puts the incoming channels together, at least one; nothing is consumed yet. Called at most once.
     *
     * @throws ConfigurationException naming every property that is wrong
     */
    void openIncoming(List<Intake> channels);

    /**
     * Begins to consume, whether or not {@link #openIncoming} was called: there are no more incoming channels from now on.
     * Returns before a broker was reached.
     */
    void startIncoming();

    /** How the incoming channels are doing; empty before they are opened. Safe for any thread. */
    List<ChannelStatus> status();

    /**
     * Consumes no more, waits up to the deadline for running handlers, and keeps what is done. Outgoing channels stay open,
     * for what the handlers publish. Idempotent.
     */
    void closeIncoming(Duration deadline);

    /** Ends what all channels of the connector share. To be called last. Idempotent. */
    default void close() {
    }
}
