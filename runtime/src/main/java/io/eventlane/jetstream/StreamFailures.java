package io.eventlane.jetstream;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.JetStreamStatusException;

/** Says what it means that a server did not do what a stream needed, and how to mend it. */
record StreamFailures(StreamPlan plan, Connection connection, JetStreamOptions options, Refusals refusals) {

    static final int OVERLAP = 10065;
    private static final int NO_MAX_BYTES = 10113;
    private static final Set<Integer> NOT_ENABLED = Set.of(10039, 10076);
    private static final Set<Integer> TOO_FEW_SERVERS = Set.of(10005, 10074);
    private static final Set<Integer> OVER_LIMITS = Set.of(10002, 10023, 10027, 10028, 10047, 10120, 10121, 10122);
    private static final int UNAVAILABLE = 503;

    /** The server has answered, and said no. */
    StreamException of(JetStreamApiException failure) {
        int code = failure.getApiErrorCode();
        if (NOT_ENABLED.contains(code)) {
            return notEnabled(failure);
        }
        boolean passing = failure.getErrorCode() == UNAVAILABLE;
        return failed("cannot be looked at, created or changed: %s%s".formatted(failure.getMessage(), mend(code)), passing,
                failure);
    }

    private String mend(int code) {
        if (code == OVERLAP) {
            return overlapping();
        } else if (code == NO_MAX_BYTES) {
            return ". Set " + plan.property("max-size");
        } else if (TOO_FEW_SERVERS.contains(code)) {
            return ". There are too few servers: lower " + plan.property("replicas");
        } else if (OVER_LIMITS.contains(code)) {
            return ". Raise the limits of the account or the server, or configure less for the stream";
        }
        return "";
    }

    private String overlapping() {
        Set<String> others;
        try {
            others = plan.others(connection.jetStreamManagement(options));
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            return ". Set " + plan.property("stream") + " to the stream that has them";
        }
        return ". The subjects %s are, at least in part, those of %s: set %s to that one, or name the topic otherwise"
                .formatted(
                        plan.topics().stream().flatMap(topic -> topic.subjects().stream()).distinct().toList(),
                        String.join(", ", others), plan.property("stream"));
    }

    /** The server has not answered. It says on another way when that is because the application may not ask. */
    StreamException of(IOException failure) {
        String refusal = refusals.of(plan.stream());
        if (refusal != null) {
            return failed(
                    "cannot be looked at: %s. Allow it to the application's user, or see to the stream yourself and set %s=skip"
                            .formatted(refusal, plan.property("strategy")),
                    false, failure);
        }
        String deaf = refusals.ofInbox();
        if (deaf != null) {
            return failed(
                    ("cannot be looked at, because the application hears no answers: %s. Allow it to the application's user,"
                            + " or set quarkus.eventlane.jetstream.inbox-prefix to what is allowed").formatted(deaf),
                    false, failure);
        }
        return isAnswered() ? failed("cannot be looked at, because the server does not answer in time: " + failure.getMessage(),
                true, failure) : notEnabled(failure);
    }

    StreamException of(IllegalStateException disconnected) {
        return failed("cannot be looked at, because there is no connection to NATS: " + disconnected.getMessage(), true,
                disconnected);
    }

    /** Whether anybody listens where JetStream's API should be. */
    private boolean isAnswered() {
        try {
            connection.request(options.getPrefix() + "INFO", null).get(1, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            return !(e.getCause() instanceof JetStreamStatusException);
        } catch (TimeoutException | IllegalStateException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private StreamException notEnabled(Exception failure) {
        return failed(
                ("cannot be looked at, because nobody answers at %s: JetStream is not enabled in that server or account. Enable"
                        + " it, see to quarkus.eventlane.jetstream.domain, or declare %s=ephemeral if events may be lost")
                        .formatted(
                                options.getPrefix(), plan.property("persistence")),
                false, failure);
    }

    private StreamException failed(String what, boolean passing, @Nullable Exception cause) {
        return new StreamException("Topic " + plan.asked().topic() + ": its stream '" + plan.stream() + "' " + what, passing,
                cause);
    }
}
