package io.eventlane.runtime.config;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import io.eventlane.engine.Ordering;
import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithDefaults;
import io.smallrye.config.WithParentName;

/** What can be set when the application starts. */
@ConfigMapping(prefix = "quarkus.eventlane")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface EventlaneConfig {

    /**
     * Whether anything connects, consumes or publishes. When {@code false}, every publication fails with the reason
     * {@code CLOSED}.
     */
    @WithDefault("true")
    boolean enabled();

    /**
     * How long the shutdown waits, in all, for running handlers and for publications that are not acknowledged yet.
     */
    @WithDefault("30s")
    Duration shutdownTimeout();

    /** Incoming channels. */
    @ConfigDocMapKey("channel")
    @WithDefaults
    Map<String, Incoming> incoming();

    /** Outgoing channels. */
    @ConfigDocMapKey("channel")
    @WithDefaults
    Map<String, Outgoing> outgoing();

    /** What becomes of an event whose type no handler of the channel takes. */
    enum Unmatched {
        /** It fails. */
        FAIL,
        /** It counts as handled. */
        IGNORE
    }

    /** The threads that handlers run on. */
    enum Execution {
        /** Virtual threads. */
        VIRTUAL,
        /** Platform threads, as many as handlers run at once. */
        PLATFORM
    }

    /** One incoming channel. */
    interface Incoming {

        /** The topic, or several, separated by commas. The name of the channel when not set. */
        Optional<List<String>> topic();

        /** The consumer group. */
        Group group();

        /**
         * In which order records are handled: {@code key}, one record of a key after the other; {@code partition},
         * one record of a partition after the other; {@code unordered}, none.
         */
        @WithDefault("key")
        Ordering ordered();

        /** How many handlers run at once, at most. */
        @WithDefault("1024")
        int maxConcurrency();

        /** How many records are held in memory, at most, before the channel pauses. */
        @WithDefault("4096")
        int maxQueued();

        /** How many bytes of records are held in memory, at most, before the channel pauses. */
        @WithDefault("64M")
        MemorySize maxQueuedBytes();

        /** How far a partition is read past its first unfinished record, at most, counted in records. */
        @WithDefault("10000")
        int maxSpan();

        /**
         * How long running handlers may go on after their partition was revoked. On Kafka below
         * {@code max.poll.interval.ms}: the wait counts against it. In memory nothing is revoked.
         */
        @WithDefault("30s")
        Duration revokeTimeout();

        /**
         * How long a handler may run, or the acknowledgement of its message be missing, before that is logged and the
         * channel is not ready. It counts from the start of the handler: time in the queue does not count.
         */
        @WithDefault("5m")
        Duration maxAge();

        /** When a failed event is tried again. */
        Retry retry();

        /**
         * What becomes of an event that is not tried again: {@code park}, its key waits and it is tried again at the
         * longest delay; {@code dead-letter-queue}, it goes to another topic; {@code delayed-retry-topic}, it goes to
         * topics from which it is tried again later, out of its order; {@code ignore}, it counts as handled;
         * {@code fail}, no more of its partition is consumed until a restart; or the {@code @Identifier} of a bean that
         * is an {@code io.eventlane.spi.FailureHandler}.
         */
        @WithDefault("park")
        String failureStrategy();

        /**
         * The topic for events that failed for good. With {@code failure-strategy=park} and a topic, a parked key whose
         * events hold up more than the channel may hold goes there too.
         */
        DeadLetterQueue deadLetterQueue();

        /** The topics of {@code failure-strategy=delayed-retry-topic}. */
        DelayedRetryTopic delayedRetryTopic();

        /** What becomes of an event whose type no handler of the channel takes. */
        @WithDefault("fail")
        Unmatched unmatched();

        /**
         * The threads that handlers run on. Platform threads are for handlers that hold monitors while they block, on
         * a JDK older than 24.
         */
        @WithDefault("virtual")
        Execution execution();

        /** What is read on Kafka alone. */
        @WithParentName
        KafkaIncoming kafka();

        /** What is read on JetStream alone. */
        @WithParentName
        JetStreamIncoming jetStream();

        /** Properties for the broker's client that are not among the known ones. */
        @ConfigDocMapKey("name")
        Map<String, String> properties();

        /** Properties of the Kafka consumer, by their own names, such as {@code auto.offset.reset}. */
        @WithParentName
        @ConfigDocMapKey("consumer-property")
        Map<String, String> all();
    }

    /** What an incoming channel on Kafka has beside what all have. */
    interface KafkaIncoming {

        /** On Kafka: how often the progress is committed to the broker. */
        @WithDefault("1s")
        Duration commitInterval();
    }

    /** What an incoming channel on JetStream has beside what all have. The durable consumer is called as the group. */
    interface JetStreamIncoming {

        /**
         * On JetStream: how long the server waits for the acknowledgement of a message before it delivers it again. A message
         * that is held here, running, queued or parked, is reported as in progress three times as often: a handler may take
         * as long as it likes.
         */
        @WithDefault("30s")
        Duration ackWait();

        /** On JetStream: how many messages of a consumer may be delivered and not acknowledged. */
        @WithDefault("10000")
        int maxAckPending();

        /** On JetStream: how many requests for messages may stand at a consumer at once. */
        @WithDefault("1000")
        int maxWaiting();

        /**
         * On JetStream: how often a message may be delivered; -1 for no bound. A message that has been delivered so often is
         * not delivered again, handled or not. Retries in this process do not count, but deliveries to instances that
         * crashed do.
         */
        @WithDefault("-1")
        int maxDeliver();

        /**
         * On JetStream: where a consumer begins that does not exist yet: at {@code all} messages that the stream has, at
         * {@code new} ones, at the {@code last} one, at the {@code last-per-subject}, at {@code start-sequence}, or at
         * {@code start-time}.
         */
        @WithDefault("all")
        DeliverPolicy deliverPolicy();

        /** On JetStream: the stream sequence at which a new consumer begins with {@code deliver-policy=start-sequence}. */
        OptionalLong startSequence();

        /**
         * On JetStream: the time at which a new consumer begins with {@code deliver-policy=start-time}, such as
         * {@code 2026-01-31T12:00:00Z}.
         */
        Optional<ZonedDateTime> startTime();

        /** On JetStream: for how many messages one request asks, at most. */
        @WithDefault("500")
        int fetchBatch();

        /** On JetStream: how long a request for messages stands at the server before it is made anew. At least 4 s. */
        @WithDefault("30s")
        Duration fetchExpires();

        /** On JetStream: whether an acknowledgement is repeated until the server has confirmed it. */
        @WithDefault("false")
        boolean doubleAck();

        /**
         * On JetStream: how long an instance that is not heard of keeps its partitions before others take them over; with
         * {@code ordered=key} or {@code partition}. An instance that cannot say that it is there starts no handler beyond
         * that.
         */
        @WithDefault("10s")
        Duration sessionTimeout();

        /** On JetStream: on how many servers the state of a consumer stands. As many as the stream's when not set. */
        OptionalInt consumerReplicas();
    }

    /** Where a consumer begins that does not exist yet. */
    enum DeliverPolicy {
        /** At the first message that the stream has. */
        ALL,
        /** At the first one that is published from then on. */
        NEW,
        /** At the newest one. */
        LAST,
        /** At the newest one of each subject. */
        LAST_PER_SUBJECT,
        /** At a given sequence. */
        START_SEQUENCE,
        /** At the first one of a given time or later. */
        START_TIME
    }

    /** The consumer group. */
    interface Group {

        /** Its name. */
        @WithDefault("${quarkus.application.name}")
        String id();

        /** Other properties of the Kafka consumer that begin with {@code group.}, such as {@code group.protocol}. */
        @WithParentName
        @ConfigDocMapKey("group-property")
        Map<String, String> all();
    }

    /** Where events go that failed for good. */
    interface DeadLetterQueue {

        /**
         * The topic. {@code dead-letter-topic-} and the name of the channel when not set, where the failure strategy
         * needs one.
         */
        Optional<String> topic();

        /**
         * What becomes of later events of the key of a dead letter: {@code continue}, they are handled;
         * {@code quarantine}, they follow it to the topic until the key is released, see
         * {@code io.eventlane.DeadLetters}.
         */
        @WithDefault("continue")
        KeyPolicy keyPolicy();

        /** Properties of the topic's Kafka producer, by their own names, such as {@code max.request.size}. */
        @WithParentName
        @ConfigDocMapKey("producer-property")
        Map<String, String> all();
    }

    /** What becomes of later events of the key of a dead letter. */
    enum KeyPolicy {
        /** They are handled. */
        CONTINUE,
        /** They follow it. */
        QUARANTINE
    }

    /** Where failed events wait while later ones of their key go on. */
    interface DelayedRetryTopic {

        /**
         * The topics, one after the other. A name ends with {@code _retry_} and the delay in milliseconds. The channel's
         * topic with {@code _retry_10000} and with {@code _retry_20000} when not set.
         */
        Optional<List<String>> topics();
    }

    /** The attempts at one event and the delays between them; each is twice the one before. */
    interface Retry {

        /** How often an event is tried before the failure strategy applies, the first time included. */
        @WithDefault("3")
        int maxAttempts();

        /** The names of the exception classes that are worth another attempt. All, when not set. */
        Optional<List<String>> retryOn();

        /**
         * The names of the exception classes that are not worth another attempt. {@code InvalidEventException}, as for
         * a payload that cannot be decoded, never is, unless {@code retry-on} names it.
         */
        Optional<List<String>> abortOn();

        /** The delay after the first failure. */
        @WithDefault("1s")
        Duration initialDelay();

        /** The longest delay. */
        @WithDefault("30s")
        Duration maxDelay();

        /** How much a delay may deviate at random: a share between 0 and 1. */
        @WithDefault("0.1")
        double jitter();
    }

    /** One outgoing channel. */
    interface Outgoing {

        /** The topic. The name of the channel when not set. */
        Optional<String> topic();

        /** How many records may wait for their acknowledgement, at most, before publishers are held back. */
        @WithDefault("10000")
        int maxInflightMessages();

        /**
         * Whether, after a failure, the later records of the same key that are not sent yet fail too, instead of
         * overtaking it.
         */
        @WithDefault("true")
        boolean ordered();

        /** Properties for the broker's client that are not among the known ones. */
        @ConfigDocMapKey("name")
        Map<String, String> properties();

        /** Properties of the Kafka producer, by their own names, such as {@code linger.ms}. */
        @WithParentName
        @ConfigDocMapKey("producer-property")
        Map<String, String> all();
    }
}
