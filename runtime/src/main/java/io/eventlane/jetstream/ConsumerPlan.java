package io.eventlane.jetstream;

import java.time.ZonedDateTime;

import org.jspecify.annotations.Nullable;

import io.eventlane.jetstream.ConsumerSettings.Start;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.PriorityPolicy;

/**
 * One durable consumer: of a topic of one partition, or of one partition of a topic.
 *
 * @param partition 0 where the topic has but one
 * @param subjects which messages it delivers
 */
record ConsumerPlan(String topic, String stream, int partition, String durable, ConsumerSubjects subjects,
        ConsumerSettings settings) {

    /**
     * @param partitions of the topic; 1 as well where all instances share one consumer
     */
    static ConsumerPlan of(SourceTopic topic, int partitions, int partition, ConsumerSettings settings) {
        String durable = topic.durable(settings.group());
        return partitions == 1
                ? new ConsumerPlan(topic.name(), topic.stream(), 0, durable, ConsumerSubjects.ofTopic(topic.name()),
                        settings)
                : new ConsumerPlan(topic.name(), topic.stream(), partition, durable + '-' + partition,
                        ConsumerSubjects.ofPartition(topic.name(), partition), settings);
    }

    /** A consumer's name may have no blanks, dots, wildcards or slashes, and nothing that is not ASCII. */
    static String consumerName(String group) {
        return group.replaceAll("[^!-~]|[.*>/\\\\]", "_");
    }

    /**
     * As the server is asked for it.
     *
     * @param filter the subject that it is asked for; {@code null} for all of the stream
     * @param from the sequence to begin at, in place of what the settings say; {@code null} for those
     * @param pinned whether the server is to give messages to one client alone
     */
    ConsumerConfiguration configuration(@Nullable String filter, @Nullable Long from, boolean pinned) {
        ConsumerConfiguration.Builder builder = ConsumerConfiguration.builder()
                .durable(durable)
                .description("Eventlane, topic " + topic)
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(settings.ackWait())
                .maxAckPending(settings.maxAckPending())
                .maxPullWaiting(settings.maxWaiting())
                .maxDeliver(settings.maxDeliver());
        if (pinned) {
            builder.priorityPolicy(PriorityPolicy.PinnedClient).priorityGroups(Pulls.GROUP)
                    .priorityTimeout(settings.sessionTimeout());
        }
        if (settings.replicas() > 0) {
            builder.numReplicas(settings.replicas());
        }
        if (filter != null) {
            builder.filterSubject(filter);
        } else if (settings.start() instanceof Start.LastPerSubject) {
            // The server wants to be told of which subjects.
            builder.filterSubject(">");
        }
        if (from != null) {
            return builder.deliverPolicy(DeliverPolicy.ByStartSequence).startSequence(from).build();
        }
        return start(builder).build();
    }

    private ConsumerConfiguration.Builder start(ConsumerConfiguration.Builder builder) {
        return switch (settings.start()) {
            case Start.All() -> builder.deliverPolicy(DeliverPolicy.All);
            case Start.New() -> builder.deliverPolicy(DeliverPolicy.New);
            case Start.Last() -> builder.deliverPolicy(DeliverPolicy.Last);
            case Start.LastPerSubject() -> builder.deliverPolicy(DeliverPolicy.LastPerSubject);
            case Start.AtSequence(long sequence) ->
                builder.deliverPolicy(DeliverPolicy.ByStartSequence).startSequence(sequence);
            case Start.AtTime(ZonedDateTime time) -> builder.deliverPolicy(DeliverPolicy.ByStartTime).startTime(time);
        };
    }

    /**
     * Where messages are asked for.
     *
     * @param api what the subjects of the server's API begin with, with a dot at the end
     */
    String requestSubject(String api) {
        return api + "CONSUMER.MSG.NEXT." + stream + '.' + durable;
    }

    @Override
    public String toString() {
        return "consumer " + durable + " of stream " + stream;
    }
}
