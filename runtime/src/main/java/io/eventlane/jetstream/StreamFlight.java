package io.eventlane.jetstream;

import static io.eventlane.jetstream.StreamAttribute.DUPLICATE_WINDOW;
import static io.eventlane.jetstream.StreamAttribute.RETENTION;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.eventlane.jetstream.StreamPlan.Difference;
import io.eventlane.jetstream.TopicSpec.OnMismatch;
import io.eventlane.jetstream.TopicSpec.Strategy;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.StreamConfiguration;

/** Looks at a stream once, and does with it what its topics' strategy says. Blocks. */
final class StreamFlight {

    private static final Logger LOG = Logger.getLogger(Streams.class);

    private static final int NOT_FOUND = 10059;
    /** With another configuration; a stream that is as it is to be created counts as created. */
    static final int EXISTS = 10058;

    /** How often a stream is created or changed when others are at it. */
    private static final int ATTEMPTS = 8;
    /** How many times as long as a change took others are waited for. */
    private static final int WRITINGS = 2;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final StreamPlan plan;
    private final JetStreamManagement management;
    private final Consumer<String> warn;

    /**
     * @param warn is told of differences that are not to fail
     */
    StreamFlight(StreamPlan plan, JetStreamManagement management, Consumer<String> warn) {
        this.plan = plan;
        this.management = management;
        this.warn = warn;
    }

    /**
     * @return the topics whose events the stream takes, the one that is asked for among them
     * @throws StreamException when it cannot be used for that one
     * @throws IOException when the server does not answer
     * @throws JetStreamApiException when the server refuses
     */
    Set<String> run() throws IOException, JetStreamApiException {
        StreamConfiguration stream = find();
        stream = stream == null ? create() : compare(stream);
        List<String> covered = plan.covered(stream);
        if (!covered.contains(plan.asked().topic())) {
            throw plan.broken(
                    "does not take the topic's events: it takes %s, and would have to take %s. Add those to the stream, or"
                            .formatted(stream.getSubjects(), plan.asked().subjects())
                            + " set %s=create-or-update, or %s to another one".formatted(plan.property("strategy"),
                                    plan.property("stream")));
        }
        return Set.copyOf(covered);
    }

    private @Nullable StreamConfiguration find() throws IOException, JetStreamApiException {
        try {
            return management.getStreamInfo(plan.stream()).getConfiguration();
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private StreamConfiguration create() throws IOException, JetStreamApiException {
        if (plan.strategy() == Strategy.VALIDATE_ONLY) {
            throw plan.broken(
                    "does not exist, and is not created, because %s=validate-only: create it, or set that to create-only"
                            .formatted(plan.property("strategy")));
        }
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            StreamConfiguration created = tryToCreate();
            if (created != null) {
                return created;
            }
            StreamConfiguration existing = find();
            if (existing != null) {
                return compare(existing);
            }
            pause(attempt, 0);
        }
        throw plan.passing("is created or deleted by others at the same time: it exists, and cannot be found");
    }

    /**
     * @return {@code null} when there is another one. In a cluster it takes a moment until that can be found
     */
    private @Nullable StreamConfiguration tryToCreate() throws IOException, JetStreamApiException {
        try {
            StreamConfiguration created = management.addStream(plan.creation()).getConfiguration();
            LOG.infof("Stream '%s' was created for %s", plan.stream(), created.getSubjects());
            return created;
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == EXISTS || isSameStream(e)) {
                return null;
            }
            throw e;
        }
    }

    private StreamConfiguration compare(StreamConfiguration stream) throws IOException, JetStreamApiException {
        plan.checkUsable(stream);
        List<Difference> differences = plan.differences(stream);
        if (plan.strategy() != Strategy.CREATE_OR_UPDATE) {
            report(differences, "the stream, or set %s=create-or-update".formatted(plan.property("strategy")));
            return stream;
        }
        report(differences.stream().filter(each -> !each.attribute().changeable()).toList(),
                "make the stream anew, because that cannot be changed in one");
        return change(stream);
    }

    /**
     * @param orElse what helps beside another configuration
     */
    private void report(List<Difference> remaining, String orElse) {
        if (remaining.isEmpty()) {
            return;
        }
        StreamException mismatch = plan.broken("is not as it is configured: %s. Change the configuration, or %s".formatted(
                remaining.stream().map(Difference::toString).collect(Collectors.joining("; ")), orElse));
        if (plan.onMismatch() == OnMismatch.FAIL) {
            throw mismatch;
        }
        warn.accept(mismatch.getMessage());
    }

    /**
     * The server takes a whole configuration, and not a revision of the one before. So somebody who has read at the same moment
     * may undo this. That shows a moment later, and then it is done again; unless the other one takes longer than that from
     * reading to writing, which shows to whoever looks at the stream the next time.
     */
    private StreamConfiguration change(StreamConfiguration stream) throws IOException, JetStreamApiException {
        StreamConfiguration now = stream;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            long since = System.nanoTime();
            if (!update(now)) {
                return now;
            }
            pause(attempt, System.nanoTime() - since);
            now = findAgain();
        }
        if (!plan.missing(now).isEmpty()) {
            throw plan.passing("does not keep the subjects that are added to it, because others change it at the same time");
        }
        report(changeable(now), "that of whoever changes the stream at the same time");
        return now;
    }

    /**
     * Longer than others take from reading to writing, and for each one another time.
     *
     * @param writing how long it took here: servers of a cluster, and those that have much to do, take their time
     */
    private void pause(int attempt, long writing) {
        long pause = attempt * ThreadLocalRandom.current().nextLong(PAUSE_NANOS, 2 * PAUSE_NANOS);
        LockSupport.parkNanos(this, Math.max(pause, WRITINGS * writing));
    }

    private StreamConfiguration findAgain() throws IOException, JetStreamApiException {
        StreamConfiguration stream = find();
        if (stream == null) {
            throw deletedMeanwhile();
        }
        return stream;
    }

    private StreamException deletedMeanwhile() {
        return plan.passing("was deleted while it was changed");
    }

    private List<Difference> changeable(StreamConfiguration stream) {
        return plan.differences(stream).stream().filter(each -> each.attribute().changeable()).toList();
    }

    /**
     * @return whether there was anything to change
     */
    private boolean update(StreamConfiguration stream) throws IOException, JetStreamApiException {
        List<String> changes = new ArrayList<>();
        StreamConfiguration.Builder changed = StreamConfiguration.builder(stream);
        List<String> missing = plan.missing(stream);
        if (!missing.isEmpty()) {
            changed.subjects(plan.completed(stream));
            changes.add("the subjects " + missing + " are added");
        }
        for (Difference difference : changeable(stream)) {
            difference.attribute().set(changed, difference.settings());
            changes.add(difference.toString());
        }
        if (changes.isEmpty()) {
            return false;
        }
        shortenDuplicateWindow(changed, changes);
        LOG.infof("Stream '%s' is changed: %s", plan.stream(), String.join("; ", changes));
        write(changed.build());
        return true;
    }

    private void write(StreamConfiguration changed) throws IOException, JetStreamApiException {
        try {
            management.updateStream(changed);
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == NOT_FOUND) {
                throw deletedMeanwhile();
            }
            if (!isSameStream(e)) {
                throw e;
            }
        }
    }

    /**
     * Whether it is the stream itself that a server finds in the way of its subjects. In a cluster, a change that is on its way
     * counts as another stream's.
     */
    private boolean isSameStream(JetStreamApiException failure) {
        if (failure.getApiErrorCode() != StreamFailures.OVERLAP) {
            return false;
        }
        try {
            return plan.others(management).isEmpty();
        } catch (IOException | JetStreamApiException nobodySays) {
            return false;
        }
    }

    /** The server refuses one that is longer than the retention, which may have become shorter than the usual two minutes. */
    private void shortenDuplicateWindow(StreamConfiguration.Builder changed, List<String> changes) {
        StreamConfiguration stream = changed.build();
        Duration retention = RETENTION.actual().apply(stream);
        Duration window = DUPLICATE_WINDOW.actual().apply(stream);
        if (plan.wanted(DUPLICATE_WINDOW) == null && retention.isPositive() && window.compareTo(retention) > 0) {
            changed.duplicateWindow(retention);
            changes.add("the duplicate window of %s is shortened to the retention".formatted(window));
        }
    }
}
