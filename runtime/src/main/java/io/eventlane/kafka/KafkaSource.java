package io.eventlane.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.eventlane.channel.ChannelDispatcher;
import io.eventlane.engine.Lease;
import io.eventlane.spi.ChannelStatus;

/**
 * Polls one consumer for all channels that share its configuration, on a platform thread of its own.
 * <p>
 * Each turn of the loop hands what was polled to the dispatchers, pauses and resumes partitions by what the
 * dispatchers hold, and commits what is done. Nothing is decoded here and no handler runs here. The loop ends only by
 * {@link #close}: what goes wrong is logged and tried again, with a new consumer where the old one may be of no more
 * use.
 */
final class KafkaSource {

    private static final Logger LOG = Logger.getLogger(KafkaSource.class);
    /** How long a poll may take while nothing arrives: the dispatchers are looked after at least so often. */
    private static final Duration MAX_POLL = Duration.ofMillis(500);
    private static final Duration MAX_BACK_OFF = Duration.ofSeconds(10);
    /** Short enough to stay a member of the group. */
    private static final Duration MAX_POLL_BACK_OFF = Duration.ofSeconds(2);
    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(5);

    private final String name;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Supplier<TopicWatch> watches;
    private final List<ChannelDispatcher> channels;
    private final Membership membership;
    private final SourceStatus status;
    private final Duration revokeTimeout;
    private final Duration commitInterval;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile long closeDeadline;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private @Nullable TopicWatch topics;

    // Owned by the thread

    private int failuresInARow;

    /**
     * @param consumers makes a consumer with the source's settings
     * @param channels takes what wakes this source up, and the lease of its consumer
     */
    KafkaSource(String name, Supplier<Consumer<byte[], byte[]>> consumers, Supplier<TopicWatch> watches,
            BiFunction<Runnable, Lease, List<ChannelDispatcher>> channels, GroupSession session, SourceTimes times) {
        this.name = name;
        this.consumers = consumers;
        this.watches = watches;
        this.membership = new Membership(session, times.maxPollInterval());
        this.channels = channels.apply(this::wake, membership.lease());
        this.status = new SourceStatus(name, session.group(), this.channels, membership, times.maxPollInterval());
        this.revokeTimeout = times.revoke();
        this.commitInterval = times.commitInterval();
        this.thread = Thread.ofPlatform().name("eventlane-kafka-" + name).daemon().unstarted(this::run);
    }

    // Any thread

    /**
     * Creates the clients, so that wrong settings are reported to the caller, and starts to poll. A broker that
     * cannot be reached is no error: it is waited for.
     */
    void start() {
        topics = watches.get();
        try {
            consumer = consumers.get();
        } catch (Throwable e) {
            topics.close();
            throw e;
        }
        thread.start();
    }

    /** Ends a poll that is waiting, so that the loop takes its next turn. */
    void wake() {
        Consumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
    }

    /**
     * Stops polling, waits up to the deadline for the handlers that run, commits and leaves the group. Idempotent.
     */
    void close(Duration deadline) {
        if (closed.compareAndSet(false, true)) {
            closeDeadline = System.nanoTime() + deadline.toNanos();
            closing.countDown();
            wake();
        }
        try {
            thread.join(deadline.plus(LEAVE_TIMEOUT.multipliedBy(4)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How the channels are doing. */
    List<ChannelStatus> statuses() {
        return status.statuses(thread.isAlive() || thread.getState() == Thread.State.NEW);
    }

    // The loop

    private void run() {
        TopicWatch watch = Objects.requireNonNull(topics);
        try {
            while (!isClosing()) {
                try {
                    pollWithOneConsumer(watch);
                } catch (Throwable e) {
                    failed(e, "starting over with a new consumer", MAX_BACK_OFF);
                }
            }
        } finally {
            watch.close();
        }
    }

    private void pollWithOneConsumer(TopicWatch watch) {
        Consumer<byte[], byte[]> current = consumer != null ? consumer : consumers.get();
        consumer = current;
        membership.ended();
        FrontierCommits commits = new FrontierCommits(name, current, membership, commitInterval);
        Assignments assignments = new Assignments(name, current, commits, membership, channels, revokeTimeout);
        try {
            current.subscribe(assignments.topics(), assignments);
            while (!isClosing()) {
                turn(current, assignments, commits, watch);
            }
        } catch (FencedInstanceIdException e) {
            // Another process has joined with this one's group.instance.id, and has its partitions already.
            membership.ended();
            assignments.loseAll();
            throw e;
        } finally {
            leave(current, assignments);
        }
    }

    private void turn(Consumer<byte[], byte[]> current, Assignments assignments, FrontierCommits commits, TopicWatch watch) {
        membership.polled();
        try {
            submit(current.poll(commitInterval.compareTo(MAX_POLL) < 0 ? commitInterval : MAX_POLL), assignments);
            failuresInARow = 0;
            status.polled();
        } catch (WakeupException e) {
            LOG.tracef("%s: woken", name);
        } catch (RetriableException | AuthenticationException | AuthorizationException e) {
            failed(e, "polling again", MAX_POLL_BACK_OFF);
        }
        watch.askIfDue(assignments.joins());
        assignments.topicsAre(watch.ids(), watch.recreated());
        assignments.regulate(false);
        commits.commitIfDue(assignments.all());
        channels.forEach(ChannelDispatcher::housekeep);
        status.turn(assignments, watch, commits.refusal());
    }

    private void submit(ConsumerRecords<byte[], byte[]> records, Assignments assignments) {
        for (TopicPartition id : records.partitions()) {
            assignments.submit(id, records.records(id));
        }
        for (Map.Entry<TopicPartition, OffsetAndMetadata> next : records.nextOffsets().entrySet()) {
            assignments.fetchedTo(next.getKey(), next.getValue().offset());
        }
        if (!records.isEmpty()) {
            channels.forEach(ChannelDispatcher::flush);
        }
    }

    private void leave(Consumer<byte[], byte[]> current, Assignments assignments) {
        try {
            assignments.giveBackAll(isClosing() ? untilCloseDeadline() : revokeTimeout);
        } finally {
            consumer = null;
            closeConsumer(current);
        }
    }

    private void closeConsumer(Consumer<byte[], byte[]> current) {
        try {
            current.close(CloseOptions.timeout(LEAVE_TIMEOUT));
        } catch (KafkaException e) {
            LOG.warnf(e, "%s: the consumer did not close cleanly", name);
        }
    }

    private void failed(Throwable failure, String next, Duration maxBackOff) {
        // Nobody means to end the loop by an interrupt, and a pending one would fail every call from here on.
        boolean interrupted = Thread.interrupted();
        failuresInARow++;
        status.failed(failure);
        Duration backOff = backOff(maxBackOff);
        LOG.errorf(failure, "%s: polling failed%s, %s in %s", name, interrupted ? " by an interrupt" : "", next, backOff);
        try {
            closing.await(backOff.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            LOG.debugf("%s: interrupted while waiting to poll again", name);
        }
    }

    private Duration backOff(Duration max) {
        Duration exponential = Duration.ofMillis(100L << Math.min(failuresInARow - 1, 10));
        return exponential.compareTo(max) < 0 ? exponential : max;
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private Duration untilCloseDeadline() {
        return Duration.ofNanos(Math.max(0, closeDeadline - System.nanoTime()));
    }

    @Override
    public String toString() {
        return name + channels.stream().map(ChannelDispatcher::name).collect(Collectors.joining(", ", "[", "]"));
    }
}
