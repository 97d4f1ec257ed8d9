package io.eventlane.jetstream;

import java.time.Duration;
import java.time.ZonedDateTime;

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

    /** Where a new consumer begins. */
    public sealed interface Start {

        /** At the first message that the stream has. */
        record All() implements Start {
        }

        /** At the first one that is published from then on. */
        record New() implements Start {
        }

        /** At the newest one. */
        record Last() implements Start {
        }

        /** At the newest one of each subject. */
        record LastPerSubject() implements Start {
        }

        /**
         * At a stream sequence.
         *
         * @param sequence from 1
         */
        record AtSequence(long sequence) implements Start {
        }

        /** At the first one that was published at a time or later. */
        record AtTime(ZonedDateTime time) implements Start {
        }
    }

    /** How often a held message is reported as in progress. */
    Duration progressInterval() {
        return ackWait.dividedBy(3);
    }
}
