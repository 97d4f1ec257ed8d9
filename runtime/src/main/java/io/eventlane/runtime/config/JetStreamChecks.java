package io.eventlane.runtime.config;

import java.time.Duration;

import io.eventlane.jetstream.ConsumerSettings;
import io.eventlane.jetstream.ConsumerSettings.Start;
import io.eventlane.runtime.config.EventlaneConfig.DeliverPolicy;
import io.eventlane.runtime.config.EventlaneConfig.JetStreamIncoming;

/** Checks what one incoming channel says about its JetStream consumers. */
final class JetStreamChecks {

    /** So often the server is to be heard of, twice within the time that a request stands. */
    private static final Duration SHORTEST_REQUEST = Duration.ofSeconds(4);
    private static final Duration SHORTEST_SESSION = Duration.ofSeconds(1);

    private final String prefix;
    private final Problems problems;

    /**
     * @param prefix of the channel's properties
     */
    JetStreamChecks(String prefix, Problems problems) {
        this.prefix = prefix;
        this.problems = problems;
    }

    ConsumerSettings of(JetStreamIncoming in, String group) {
        require(in.ackWait().compareTo(Duration.ofSeconds(1)) >= 0, "ack-wait", "must be at least 1s, but is " + in.ackWait());
        atLeastOne("max-ack-pending", in.maxAckPending());
        atLeastOne("max-waiting", in.maxWaiting());
        require(in.maxDeliver() >= 1 || in.maxDeliver() == -1, "max-deliver",
                "must be at least 1, or -1 for no bound, but is " + in.maxDeliver());
        atLeastOne("fetch-batch", in.fetchBatch());
        require(in.fetchExpires().compareTo(SHORTEST_REQUEST) >= 0, "fetch-expires",
                "must be at least %s, but is %s".formatted(SHORTEST_REQUEST, in.fetchExpires()));
        require(in.sessionTimeout().compareTo(SHORTEST_SESSION) >= 0, "session-timeout",
                "must be at least %s, but is %s".formatted(SHORTEST_SESSION, in.sessionTimeout()));
        int replicas = in.consumerReplicas().orElse(0);
        require(in.consumerReplicas().isEmpty() || replicas >= 1 && replicas <= 5, "consumer-replicas",
                "must be from 1 to 5, but is " + replicas);
        return new ConsumerSettings(group, start(in), in.ackWait(), in.maxAckPending(), in.maxWaiting(), in.maxDeliver(),
                replicas,
                in.fetchBatch(), in.fetchExpires(), in.doubleAck(), in.sessionTimeout());
    }

    private Start start(JetStreamIncoming in) {
        DeliverPolicy policy = in.deliverPolicy();
        requireTogether("start-sequence", in.startSequence().isPresent(), policy == DeliverPolicy.START_SEQUENCE);
        requireTogether("start-time", in.startTime().isPresent(), policy == DeliverPolicy.START_TIME);
        require(in.startSequence().orElse(1) >= 1, "start-sequence", "must be at least 1, but is " + in.startSequence());
        return switch (policy) {
            case ALL -> new Start.All();
            case NEW -> new Start.New();
            case LAST -> new Start.Last();
            case LAST_PER_SUBJECT -> new Start.LastPerSubject();
            case START_SEQUENCE -> new Start.AtSequence(in.startSequence().orElse(1));
            case START_TIME -> in.startTime().<Start> map(Start.AtTime::new).orElseGet(Start.All::new);
        };
    }

    private void requireTogether(String attribute, boolean isSet, boolean isAskedFor) {
        require(!isSet || isAskedFor, attribute, "has no effect without %sdeliver-policy=%s".formatted(prefix, attribute));
        require(isSet || !isAskedFor, attribute, "must be set with %sdeliver-policy=%s".formatted(prefix, attribute));
    }

    private void atLeastOne(String attribute, int value) {
        require(value >= 1, attribute, "must be at least 1, but is " + value);
    }

    private void require(boolean condition, String attribute, String problem) {
        problems.require(condition, prefix + attribute, problem);
    }
}
