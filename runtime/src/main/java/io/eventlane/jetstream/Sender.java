package io.eventlane.jetstream;

import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.eventlane.Position;
import io.eventlane.channel.KeyFailures;
import io.eventlane.jetstream.PublishFailures.Problem;
import io.eventlane.spi.OutboundException;
import io.nats.client.Connection;
import io.nats.client.Connection.Status;
import io.nats.client.Message;

/**
 * Sends the events of one channel in the order in which they are accepted, and takes their answers.
 * <p>
 * As long as all goes well, an event is handed to the client as soon as it is accepted, however many are unanswered. At the
 * first trouble that ends: everything new goes to {@link Recovery}, which sends what is unanswered again, in order, and opens
 * the way when nothing is in doubt any more.
 */
final class Sender implements AckInbox.Channel {

    /** What gives events their outcome. */
    interface Outcomes {

        void stored(Sending sending, Position position);

        void failed(Sending sending, OutboundException failure);
    }

    /** Over which events are sent. */
    record Way(Session session, ReplySubjects replies) {
    }

    private static final int PER_TURN = 64;
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** How long an answer may stay out when a later one is there: they come in order, unless their event is lost. */
    static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Servers count the bytes of headers with 16 bits. */
    private static final int LARGEST_HEADERS = 65_535;

    private final PublishFailures failures;
    private final KeyFailures keyFailures;
    private final Outcomes outcomes;
    private final long ackTimeoutNanos;
    private final String topic;
    private final boolean partitioned;

    private final InFlight inFlight;
    private final SendQueue queue;
    private final Turns turns;
    private final Wake wake;
    private final Recovery recovery;
    private final AnswerReader answers = new AnswerReader();

    // Told by other threads

    private volatile @Nullable Way told;
    private volatile boolean ended;
    /** Grows with each trouble. Nothing has gone wrong yet, but nobody has looked for the stream either. */
    private final AtomicInteger troubles = new AtomicInteger(1);

    // Owned by the turn

    private @Nullable Way way;
    private int overcome;
    private long stuck = -1;
    private long stuckSince;

    Sender(JetStreamOutgoing settings, TopicStream stream, PublishFailures failures, KeyFailures keyFailures,
            Outcomes outcomes, ScheduledExecutorService timer) {
        this.failures = failures;
        this.keyFailures = keyFailures;
        this.outcomes = outcomes;
        this.ackTimeoutNanos = settings.ackTimeout().toNanos();
        this.topic = settings.topic();
        this.partitioned = settings.partitioned();
        this.inFlight = new InFlight(settings.maxInflight());
        this.queue = new SendQueue(keyFailures);
        this.turns = new Turns(this::turn, timer);
        this.wake = new Wake(timer, turns::want);
        this.recovery = new Recovery(settings, stream, this, inFlight, failures, turns::want);
    }

    /** For tests. */
    InFlight inFlight() {
        return inFlight;
    }

    // Any thread

    void accept(Sending sending) {
        sending.acceptedAt = System.nanoTime();
        queue.add(sending);
        turns.want();
    }

    /** Gives everything its outcome that has none, and from now on whatever comes. */
    void end() {
        ended = true;
        turns.want();
    }

    // The thread of the answers

    @Override
    public void answered(long number, int attempt, Message message) {
        Sending sending = inFlight.get(number);
        if (sending == null) {
            return;
        }
        Answer answer = answers.read(message);
        inFlight.answered(sending, answer instanceof Answer.Stored);
        switch (answer) {
            case Answer.Stored(Position position) -> stored(sending, position);
            case Answer.NoResponders() -> {
                recovery.missing();
                again(sending, attempt, failures.noResponders());
            }
            case Answer.InProcess() -> {
                sending.maybeStored = true;
                again(sending, attempt, failures.inProcess());
            }
            case Answer.Refused refused when refused.isPassing() -> again(sending, attempt, failures.refused(refused));
            case Answer.Refused refused -> rejected(sending, attempt, refused);
            case Answer.Foreign() -> {
            }
        }
    }

    private void stored(Sending sending, Position position) {
        if (inFlight.remove(sending)) {
            outcomes.stored(sending, position);
        }
    }

    private void rejected(Sending sending, int attempt, Answer.Refused answer) {
        if (sending.isAttempt(attempt)) {
            fail(sending, failures.rejected(answer, sending.maybeStored));
        }
    }

    private void again(Sending sending, int attempt, Problem problem) {
        if (sending.refused(attempt, problem)) {
            trouble();
        }
    }

    // The link's thread

    @Override
    public void up(Session session, ReplySubjects replies) {
        told = new Way(session, replies);
        recovery.up();
        trouble();
    }

    @Override
    public void down() {
        told = null;
        trouble();
    }

    @Override
    public void refused(String error) {
        if (isOfTopic(error)) {
            recovery.refused(error);
            trouble();
        }
    }

    /** The connection is shared with channels of other topics. */
    private boolean isOfTopic(String error) {
        return error.contains('"' + topic + '"') || partitioned && error.contains('"' + topic + '.');
    }

    /** Nothing new is sent until {@link Recovery} has seen to it. For any thread. */
    void trouble() {
        troubles.incrementAndGet();
        turns.want();
    }

    // The turn

    /** @return whether there is more to do */
    private boolean turn() {
        if (ended) {
            recovery.end(queue);
            return false;
        }
        boolean rung = wake.takeRung();
        int seen = troubles.get();
        if (seen != overcome) {
            return recover(seen, rung);
        }
        if (rung) {
            look();
        }
        return flow();
    }

    private boolean recover(int seen, boolean rung) {
        if (!recovery.isDue(rung)) {
            wake.within(Recovery.STEP_NANOS);
            return false;
        }
        way = renewed(told);
        if (recovery.isOver(queue, way)) {
            overcome = seen;
            return true;
        }
        if (recovery.waitNanos() != Recovery.FOR_EVER) {
            wake.within(recovery.waitNanos());
        }
        return false;
    }

    /** The link tells of a new connection some time after there is one. */
    private static @Nullable Way renewed(@Nullable Way way) {
        if (way == null || way.session().isCurrent()) {
            return way;
        }
        Connection connection = way.session().connection();
        return connection.getStatus() == Status.CONNECTED ? new Way(Session.of(connection), way.replies()) : null;
    }

    private boolean flow() {
        Way now = Objects.requireNonNull(way);
        for (int i = 0; i < PER_TURN; i++) {
            Sending sending = queue.poll();
            if (sending == null) {
                return false;
            }
            send(sending, now);
            if (troubles.get() != overcome) {
                return true;
            }
        }
        return true;
    }

    /** Sends an event for the first time, unless it would overtake one of its key that was not stored. */
    void send(Sending sending, Way way) {
        Throwable predecessor = predecessor(sending);
        if (predecessor != null) {
            giveUp(sending, failures.predecessor(predecessor));
        } else {
            inFlight.add(sending);
            attempt(sending, way);
        }
    }

    /** Why an earlier event of its key has failed since it was accepted, or {@code null}. */
    @Nullable
    Throwable predecessor(Sending sending) {
        return sending.key == null ? null : KeyFailures.since(sending.mark, sending.key);
    }

    /** Hands the event to the client. */
    void attempt(Sending sending, Way way) {
        OutboundException tooLarge = tooLarge(sending, way.session().connection().getMaxPayload());
        if (tooLarge != null) {
            fail(sending, tooLarge);
            return;
        }
        int attempt = sending.begin(way.session());
        try {
            publish(sending.message, way, way.replies().of(sending.number, attempt));
            if (!wake.isPending()) {
                wake.within(LOOK_EVERY_NANOS);
            }
        } catch (IllegalStateException e) {
            sending.refused(attempt, failures.notConnected());
            trouble();
        } catch (IllegalArgumentException e) {
            fail(sending, failures.invalid(e, sending.maybeStored));
        } catch (RuntimeException | Error e) {
            fail(sending, failures.unexpected(e));
        }
    }

    private void publish(WireMessage message, Way way, String replies) {
        do {
            way.session().connection().publish(message.subject(), replies,
                    new AttemptHeaders(message.headers(), way.session()), message.payload());
            // The client may have dropped it then.
        } while (turns.wasInterrupted());
    }

    /** The server's limit may have been another one at an earlier attempt. */
    private @Nullable OutboundException tooLarge(Sending sending, long maxPayload) {
        WireMessage message = sending.message;
        if (message.headers().length > LARGEST_HEADERS) {
            return failures.tooLarge(message.headers().length, LARGEST_HEADERS, "a stream (for headers)", sending.maybeStored);
        }
        return maxPayload > 0 && message.size() > maxPayload
                ? failures.tooLarge(message.size(), maxPayload, "the server (max_payload)", sending.maybeStored)
                : null;
    }

    /** Whether an answer is overdue. */
    private void look() {
        Sending first = inFlight.first();
        if (first == null) {
            return;
        }
        long now = System.nanoTime();
        boolean passed = inFlight.isAnsweredBeyond(first);
        if (!passed || stuck != first.number) {
            stuck = passed ? first.number : -1;
            stuckSince = now;
        }
        if (now - first.sentAt > ackTimeoutNanos || passed && now - stuckSince > SETTLE_NANOS) {
            trouble();
        }
        wake.within(LOOK_EVERY_NANOS);
    }

    // Outcomes, by the turn or the thread of the answers

    /** To an event that is in flight, unless it has its outcome already. */
    void fail(Sending sending, OutboundException failure) {
        if (inFlight.remove(sending)) {
            giveUp(sending, failure);
        }
    }

    /** To an event that is not in flight. */
    void giveUp(Sending sending, OutboundException failure) {
        if (sending.key != null) {
            keyFailures.add(sending.key, failure);
        }
        outcomes.failed(sending, failure);
    }
}
