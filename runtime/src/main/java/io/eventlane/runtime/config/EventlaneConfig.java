package io.eventlane.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
