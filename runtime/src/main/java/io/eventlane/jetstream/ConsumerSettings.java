package io.eventlane.jetstream;

import java.time.Duration;
import java.time.ZonedDateTime;

import org.jspecify.annotations.Nullable;

/**
 * The settings of a channel's consumers. All of them hold for each consumer of the channel.
 *
 * @param group the name of the consumer; of a topic with several partitions, followed by a dash and the partition
 * @param start where a consumer begins that does not exist yet
 * @param ackWait how long the server waits for the acknowledgement of a message before it delivers it again. A message
 *        that is held is reported as in progress well before
 * @param maxAckPending how many messages may be delivered and not acknowledged
 * @param maxWaiting how many requests for messages may stand at once
 * @param maxDeliver how often a message is delivered before the server gives up on it; -1 for no bound
 * @param replicas on how many servers the consumer's state stands; 0 for as many as the stream's
 * @param fetchBatch for how many messages one request asks, at most
 * @param fetchExpires how long a request stands on the server
 * @param confirmAcks whether an acknowledgement is repeated until the server has confirmed it
 * @param sessionTimeout how long an instance that is not heard of keeps its partitions, before others take them over
 */
public record ConsumerSettings(String group, Start start, Duration ackWait, int maxAckPending, int maxWaiting, int maxDeliver,
        int replicas, int fetchBatch, Duration fetchExpires, boolean confirmAcks, Duration sessionTimeout) {

    /**
     * Where a new consumer begins.
     *
     * @param sequence with {@link Policy#SEQUENCE}
     * @param time with {@link Policy#TIME}
     */
    public record Start(Policy policy, long sequence, @Nullable ZonedDateTime time) {

        public static final Start ALL = new Start(Policy.ALL, 0, null);
    }

    /** The kinds of places where a consumer may begin. */
    public enum Policy {
        /** The first message that the stream has. */
        ALL,
        /** The first one that is published from then on. */
        NEW,
        /** The newest one. */
        LAST,
        /** The newest one of each subject. */
        LAST_PER_SUBJECT,
        /** A given sequence. */
        SEQUENCE,
        /** The first one of a given time or later. */
        TIME
    }

    /** How often a held message is reported as in progress. */
    Duration progressInterval() {
        return ackWait.dividedBy(3);
    }
}
