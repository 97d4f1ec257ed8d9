package io.eventlane.runtime.config;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import io.eventlane.engine.Ordering;
import io.eventlane.jetstream.StreamSettings.Compression;
import io.eventlane.jetstream.StreamSettings.Discard;
import io.eventlane.jetstream.StreamSettings.Retention;
import io.eventlane.jetstream.StreamSettings.Storage;
import io.eventlane.jetstream.TopicSpec.OnMismatch;
import io.eventlane.jetstream.TopicSpec.Persistence;
import io.eventlane.jetstream.TopicSpec.Strategy;
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

    /** The connection to NATS, which all channels on JetStream share. */
    JetStream jetstream();

    /**
     * Topics on JetStream, by their names; one with a dot in it is put in quotation marks. A topic needs no configuration.
     * One that no channel is known to use at the start is warned of.
     */
    @ConfigDocMapKey("topic")
    Map<String, Topic> topic();

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

        /**
         * On JetStream: how many messages of a consumer may be delivered and not acknowledged. Where that is less than
         * {@code max-span}, it is also the span.
         */
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

        /**
         * How many records may wait for their acknowledgement, at most, before publishers are held back; up to 1000000. All of
         * them are held in memory.
         */
        @WithDefault("10000")
        int maxInflightMessages();

        /**
         * Whether, after a failure, the later records of the same key that are not sent yet fail too, instead of
         * overtaking it.
         */
        @WithDefault("true")
        boolean ordered();

        /** What is read on JetStream alone. */
        @WithParentName
        JetStreamOutgoing jetStream();

        /** Properties for the broker's client that are not among the known ones. */
        @ConfigDocMapKey("name")
        Map<String, String> properties();

        /** Properties of the Kafka producer, by their own names, such as {@code linger.ms}. */
        @WithParentName
        @ConfigDocMapKey("producer-property")
        Map<String, String> all();
    }

    /** What an outgoing channel on JetStream has beside what all have. */
    interface JetStreamOutgoing {

        /** On JetStream: how long the acknowledgement of an event may take before it is sent again, with the same id. */
        @WithDefault("5s")
        Duration ackTimeout();

        /**
         * On JetStream: how long an event is sent again, and waits for room, before it has failed or its outcome is unknown.
         */
        @WithDefault("30s")
        Duration deliveryTimeout();
    }

    /** The connection to NATS. There is one for each application; it is made in the background, and made again for ever. */
    interface JetStream {

        /**
         * The servers, separated by commas: {@code nats://host:port}, {@code tls://host:port} for one that has to be spoken to
         * with TLS, {@code ws://} or {@code wss://}. They are tried in a random order. An address may hold a user and a
         * password, or a token, {@code nats://user:password@host:port}, which then has to be the same in all that do.
         */
        @WithDefault("nats://localhost:4222")
        List<String> servers();

        /** The user that the application connects as, with {@code password}. */
        Optional<String> user();

        /** The user's password. */
        Optional<String> password();

        /** The token that the application connects with. */
        Optional<String> token();

        /**
         * The NKey that the application connects with: its seed, which begins with {@code SU}, or the path of a file that holds
         * the seed, with a slash or a dot in it. The file is read for each connection.
         */
        Optional<String> nkey();

        /**
         * The path of the file with the JWT and the NKey that the application connects with. It is read for each connection,
         * so that renewed credentials are taken up.
         */
        Optional<String> credentials();

        /**
         * The name of the TLS configuration, {@code quarkus.tls.<name>}, that connections are made with. Setting it demands TLS
         * of every server, so that no address may begin with {@code ws://}. When not set, and an address begins with
         * {@code tls://} or {@code wss://}, the default TLS
         * configuration {@code quarkus.tls} is used, or what Java trusts where that is not configured either.
         */
        Optional<String> tlsConfigurationName();

        /** Whether TLS begins before the server says anything, which it must be configured for too; from server 2.10.4 on. */
        @WithDefault("false")
        boolean tlsFirst();

        /** How long one attempt to connect to one server may take, TLS included. */
        @WithDefault("5s")
        Duration connectionTimeout();

        /** When it is tried again to connect, after all servers were tried. */
        Reconnect reconnect();

        /**
         * How often the server is asked for a sign of life while nothing comes from it. A server that has died silently is
         * given up after up to {@code ping-interval} times {@code max-pings-out} plus two: 10 s by default.
         */
        @WithDefault("2s")
        Duration pingInterval();

        /** How many signs of life may be missing before the connection counts as lost. */
        @WithDefault("3")
        int maxPingsOut();

        /**
         * How the subjects begin on which the application is answered. For a user who may not subscribe to {@code _INBOX.>}.
         */
        @WithDefault("_INBOX")
        String inboxPrefix();

        /** Whether only {@code servers} are tried, and not the others of their cluster that they tell of. */
        @WithDefault("false")
        boolean ignoreDiscoveredServers();

        /** The domain of JetStream, where it is not that of the server that is connected to. */
        Optional<String> domain();

        /**
         * How the subjects of JetStream's API begin, where an account imports that of another one. {@code $JS.API}, or the one
         * of {@code domain}, when not set.
         */
        Optional<String> apiPrefix();

        /** How long an answer of JetStream's API may take. */
        @WithDefault("5s")
        Duration requestTimeout();
    }

    /** The delays between attempts to connect; each is twice the one before. */
    interface Reconnect {

        /** The delay after all servers were tried once. */
        @WithDefault("100ms")
        Duration initialDelay();

        /** The longest delay. */
        @WithDefault("10s")
        Duration maxDelay();

        /** How much a delay may deviate at random: a share between 0 and 1. */
        @WithDefault("0.5")
        double jitter();
    }

    /** One topic on JetStream. What is not configured is not looked at in a stream that exists. */
    interface Topic {

        /**
         * What becomes of an event between its publication and its handlers: {@code persistent}, a stream keeps it in files;
         * {@code auto}, a stream keeps it, in files unless {@code storage} or the stream that is there says otherwise;
         * {@code ephemeral}, no stream keeps it, and who is not connected at that moment does not get it.
         */
        @WithDefault("auto")
        Persistence persistence();

        /**
         * The name of the topic's stream, which topics may share. The topic's name when not set, with {@code _} for what is
         * neither a letter nor a digit nor {@code _} nor {@code -}.
         */
        Optional<String> stream();

        /**
         * What is done about the stream before the topic is published to or consumed: {@code create-only}, it is created where
         * there is none, and compared otherwise; {@code create-or-update}, it is created or brought to what is configured, as
         * far as a stream can be changed; {@code validate-only}, it has to be there, and is compared; {@code skip}, nothing.
         * The number of partitions is never changed, and no subject is ever taken away from a stream.
         */
        @WithDefault("create-only")
        Strategy strategy();

        /**
         * What becomes of a topic whose stream is not as it is configured: {@code warn}, the differences are logged;
         * {@code fail}, the topic is neither published to nor consumed. A stream that cannot be used at all, such as one that
         * does not take the topic's events, always fails.
         */
        @WithDefault("warn")
        OnMismatch onMismatch();

        /**
         * Values for {@code retention}, {@code max-size} and {@code max-messages}, where these are not set: {@code low}, 24 h,
         * 100 MiB and 10,000 events; {@code medium}, 3 days, 1 GiB and 1,000,000 events; {@code high}, 7 days, 10 GiB and any
         * number of events.
         */
        Optional<Preset> preset();

        /**
         * Where the stream is kept: {@code file}, or {@code memory}, which is gone when its servers have ended. In files, where
         * a stream is created and this is not set.
         */
        Optional<Storage> storage();

        /**
         * How long the stream keeps an event. Then it is gone, handled or not: events that no handler has seen for so long are
         * lost. {@code 0} is for ever, and what a stream is created with where this is not set.
         */
        Optional<Duration> retention();

        /**
         * How many bytes the stream may hold; {@code 0}, which a stream is created with where this is not set, for as many as
         * the server has room for. See {@code discard} for what a full stream does. With files, from server 2.10 on.
         */
        Optional<MemorySize> maxSize();

        /**
         * How many events the stream may hold; {@code 0}, which a stream is created with where this is not set, for any number.
         * See {@code discard} for what a full stream does.
         */
        OptionalLong maxMessages();

        /**
         * How many bytes one event may have, headers included; {@code 0}, which a stream is created with where this is not
         * set, for as many as the server takes.
         */
        Optional<MemorySize> maxMessageSize();

        /**
         * What a full stream does: {@code new}, it refuses the new event, and whoever publishes it hears of that; {@code old},
         * it drops its oldest event, handled or not, so that events are lost. {@code new}, where a stream is created and this
         * is not set. Mind that handled events count until {@code retention} or {@code retention-policy} removes them.
         */
        Optional<Discard> discard();

        /**
         * When an event is removed that no limit removes: {@code limits}, never; {@code interest}, when all consumers that the
         * stream has at that moment are done with it, and at once when it has none, so that events are lost that are published
         * before their consumers exist; {@code workqueue}, when its only consumer is done with it. {@code limits}, where a
         * stream is created and this is not set.
         */
        Optional<Retention> retentionPolicy();

        /**
         * How long the stream knows the ids of events, to drop what is published again. What the server is configured with,
         * mostly 2 minutes, where a stream is created and this is not set. At least 100 ms, and not longer than the retention,
         * with which it is shortened where it is not set.
         */
        Optional<Duration> duplicateWindow();

        /** On how many servers the stream is kept: from 1, which it is created with where this is not set, to 5. */
        OptionalInt replicas();

        /**
         * Into how many partitions the topic is divided, which instances of an application share while each key keeps its
         * order. With more than one, the topic has its stream to itself. From server 2.10 on.
         */
        @WithDefault("1")
        int partitions();

        /**
         * How the server compresses the stream's files: {@code none}, which a stream is created with where this is not set, or
         * {@code s2}, from server 2.10 on.
         */
        Optional<Compression> compression();

        /**
         * How payloads are published: {@code none}, as they are; {@code lz4}, compressed where that makes them smaller, and
         * marked so by a header. Whoever consumes with Eventlane takes both, whatever is configured there. A payload that has
         * more than 64 MiB when it is decompressed is refused.
         */
        @WithDefault("none")
        io.eventlane.jetstream.JetStreamOutgoing.Compression payloadCompression();

        /** What the stream is for, for who looks at it at the server. */
        Optional<String> description();
    }

    /** Values for the limits of a stream. */
    enum Preset {
        /** 24 h, 100 MiB, 10,000 events. */
        LOW,
        /** 3 days, 1 GiB, 1,000,000 events. */
        MEDIUM,
        /** 7 days, 10 GiB, any number of events. */
        HIGH
    }
}
