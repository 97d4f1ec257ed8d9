package io.eventlane.jetstream;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.eventlane.jetstream.PublishFailures.Problem;
import io.eventlane.jetstream.Sender.Way;
import io.eventlane.jetstream.Sending.Phase;
import io.eventlane.jetstream.TopicStream.Window;
import io.eventlane.spi.OutboundException;

/**
 * Brings the events of a channel back into order after a trouble: the connection was lost, no stream answered, an answer was
 * that the event should come again, or there was none. It belongs to the turn.
 * <ol>
 * <li>Nothing new is sent. It waits behind what was.
 * <li>It waits until no answer is out, or is given up: of an attempt of a lost session at once, of one that is older than
 * {@code ack-timeout}, and of one behind which others have been answered after a second without any answer.
 * <li>An event that is not stored, as far as is known, while a later one of its key is, is given up. To send it again would be
 * to store it behind that.
 * <li>It sends the oldest event alone. When that is stored it sends two, four, and so on, each time waiting for all answers; in
 * trouble it begins with one event again, after a pause. So a stream that comes and goes gets few events out of order to
 * refuse. After some rounds all that is left is sent, and the trouble is over.
 * </ol>
 */
final class Recovery {

    private static final Logger LOG = Logger.getLogger(Recovery.class);

    static final long FOR_EVER = Long.MAX_VALUE;
    /** It does no more than one step in that time, which looks at all events. */
    static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LARGEST_ROUND = 128;
    private static final Duration USUAL_WINDOW = Duration.ofMinutes(2);

    private static final long WARN_AFTER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final JetStreamOutgoing settings;
    private final TopicStream stream;
    private final Sender sender;
    private final InFlight inFlight;
    private final PublishFailures failures;
    private final Runnable turn;

    /** What has not been sent yet, in order. */
    private final Deque<Sending> held = new ArrayDeque<>();
    private final List<Sending> round = new ArrayList<>();
    private boolean recovering;
    private long since;
    private boolean warned;
    private int size;
    /** Whether the last event that was sent is stored. */
    private boolean proven;
    private long pause;
    private long notBefore;
    private long steppedAt;
    private long wait;
    private long answers;
    private long quietSince;
    private boolean connected;
    /** Of the first event that was sent to no avail. */
    private @Nullable Problem ofFirst;

    // Told by other threads

    private volatile boolean news;
    private volatile boolean missing;
    private volatile long lookedAt = System.nanoTime() - LONGEST_PAUSE_NANOS;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicReference<@Nullable Refusal> refusal = new AtomicReference<>();
    private volatile @Nullable Window window;
    private volatile @Nullable Problem noStream;

    /** The server's word, which names a subject but no event. */
    private record Refusal(String error, long at) {
    }

    Recovery(JetStreamOutgoing settings, TopicStream stream, Sender sender, InFlight inFlight, PublishFailures failures,
            Runnable turn) {
        this.settings = settings;
        this.stream = stream;
        this.sender = sender;
        this.inFlight = inFlight;
        this.failures = failures;
        this.turn = turn;
    }

    // Any thread

    /** The server does not let the application publish to a subject. */
    void refused(String error) {
        refusal.set(new Refusal(error, System.nanoTime()));
    }

    /** There is a connection on which nobody has looked for the stream yet. */
    void up() {
        lookedAt = System.nanoTime() - LONGEST_PAUSE_NANOS;
    }

    /** No stream has answered, or nobody has. */
    void missing() {
        missing = true;
    }

    /** Looks for the topic's stream, unless that goes on already. */
    private void look() {
        if (looking.compareAndSet(false, true)) {
            stream.ensure().whenComplete(this::looked);
        }
    }

    private void looked(@Nullable Window found, @Nullable Throwable failure) {
        looking.set(false);
        if (failure == null) {
            window = found;
            noStream = null;
        } else {
            Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause()
                    : failure;
            noStream = failures.noStream(cause);
        }
        lookedAt = System.nanoTime();
        news = true;
        turn.run();
    }

    // The turn

    /** Whether a step can make a difference. */
    boolean isDue(boolean rung) {
        return rung || news || !recovering || System.nanoTime() - steppedAt >= STEP_NANOS;
    }

    /** When the next step is due if nothing else happens; {@link #FOR_EVER} when none is. */
    long waitNanos() {
        return wait;
    }

    /**
     * Makes a step.
     *
     * @return whether that was the last one
     */
    boolean isOver(SendQueue queue, @Nullable Way way) {
        long now = System.nanoTime();
        if (!recovering) {
            begin(now);
        }
        steppedAt = now;
        connected = way != null;
        news = false;
        hold(queue);
        List<Sending> open = inFlight.all();
        boolean settled = settle(open, way, now) && !mayBeAnsweredLate(open, now);
        open.stream().map(sending -> sending.problem).filter(Objects::nonNull).findFirst().ifPresent(first -> ofFirst = first);
        giveUpSome(open, settled, now);
        warn(open, now);
        wait = open.isEmpty() && held.isEmpty() ? FOR_EVER : LOOK_EVERY_NANOS;
        if (way == null || !hasStream()) {
            return false;
        }
        if (!settled) {
            wait = STEP_NANOS;
            return false;
        }
        judge(now);
        if (notBefore - now > 0) {
            wait = Math.min(wait, notBefore - now);
            return false;
        }
        return proceed(open, way);
    }

    private void warn(List<Sending> open, long now) {
        int waiting = open.size() + held.size();
        if (!warned && waiting > 0 && now - since > WARN_AFTER_NANOS) {
            warned = true;
            Sending first = open.isEmpty() ? held.peek() : open.getFirst();
            LOG.warnf("Channel %s: %d events wait. The first one %s", settings.channel(), waiting,
                    first == null ? null : problemOf(first).what());
        }
    }

    private void over() {
        recovering = false;
        if (warned) {
            LOG.infof("Channel %s: events are sent again", settings.channel());
        }
    }

    private void begin(long now) {
        recovering = true;
        warned = false;
        since = now;
        round.clear();
        size = 1;
        pause = 0;
        proven = true;
        notBefore = now;
        quietSince = now;
        ofFirst = null;
        // That was of an earlier trouble.
        noStream = null;
    }

    private void hold(SendQueue queue) {
        for (Sending next = queue.poll(); next != null; next = queue.poll()) {
            held.add(next);
        }
    }

    /** @return whether no answer is waited for */
    private boolean settle(List<Sending> open, @Nullable Way way, long now) {
        long seen = inFlight.answers();
        if (seen != answers) {
            answers = seen;
            quietSince = now;
        }
        Refusal refused = refusal.get();
        boolean settled = true;
        for (Sending sending : open) {
            if (sending.phase() == Phase.SENT) {
                settled &= settle(sending, way, refused, now);
            }
            proven &= !sending.hasFailed();
        }
        if (refused != null && now - refused.at() > Sender.SETTLE_NANOS) {
            refusal.compareAndSet(refused, null);
        }
        return settled;
    }

    /** @return whether no answer to the event is waited for */
    private boolean settle(Sending sending, @Nullable Way way, @Nullable Refusal refused, long now) {
        Session session = sending.session;
        if (way == null || session == null || !session.isCurrent()) {
            sending.lost(failures.connectionLost());
        } else if (refused != null && isMeant(refused, sending)) {
            // Answers to what came before the refusal may still be on their way.
            if (now - refused.at() <= Sender.SETTLE_NANOS) {
                return false;
            }
            sender.fail(sending, failures.notPermitted(refused.error(), sending.maybeStored));
        } else if (isOverdue(sending, now)) {
            sending.lost(failures.noAnswer());
            // Nobody says that there is none where somebody else listens to the subject.
            missing();
        } else {
            return false;
        }
        return true;
    }

    private static boolean isMeant(Refusal refused, Sending sending) {
        return refused.at() - sending.sentAt > 0 && refused.error().contains('"' + sending.message.subject() + '"');
    }

    /**
     * Whether one that would be given up may be told of yet: a server that has become the leader answers for some of what the
     * last one had taken, seconds later and not from the first one on.
     */
    private boolean mayBeAnsweredLate(List<Sending> open, long now) {
        return now - quietSince <= Sender.SETTLE_NANOS
                && open.stream().anyMatch(sending -> sending.maybeStored && inFlight.isOvertaken(sending));
    }

    private boolean isOverdue(Sending sending, long now) {
        long age = now - sending.sentAt;
        return age > settings.ackTimeout().toNanos()
                || age > Sender.SETTLE_NANOS && now - quietSince > Sender.SETTLE_NANOS && inFlight.isAnsweredBeyond(sending);
    }

    // Giving up

    private void giveUpSome(List<Sending> open, boolean settled, long now) {
        Map<ByteBuffer, Throwable> failed = new HashMap<>();
        for (Sending sending : open) {
            if (sending.phase() != Phase.SENT) {
                OutboundException failure = reasonToGiveUp(sending, failed, settled, now);
                if (failure != null) {
                    sender.fail(sending, failure);
                    if (sending.key != null) {
                        failed.putIfAbsent(ByteBuffer.wrap(sending.key), failure);
                    }
                }
            }
        }
        while (!held.isEmpty() && isExpired(held.peek(), now)) {
            Sending sending = held.remove();
            Throwable predecessor = sender.predecessor(sending);
            sender.giveUp(sending, predecessor != null ? failures.predecessor(predecessor)
                    : failures.expired(problemOf(sending), false));
        }
    }

    private @Nullable OutboundException reasonToGiveUp(Sending sending, Map<ByteBuffer, Throwable> failed, boolean settled,
            long now) {
        Problem problem = problemOf(sending);
        if (isExpired(sending, now)) {
            return failures.expired(problem, sending.maybeStored);
        }
        if (settled && inFlight.isOvertaken(sending)) {
            return failures.overtaken(problem, sending.maybeStored);
        }
        if (sending.maybeStored) {
            Duration known = window == null ? USUAL_WINDOW : window.length();
            boolean tooOld = now - sending.firstSentAt + settings.ackTimeout().toNanos() > known.toNanos();
            return tooOld ? failures.tooOldToRepeat(problem, known) : null;
        }
        Throwable predecessor = sending.key == null ? null : failed.get(ByteBuffer.wrap(sending.key));
        return predecessor == null ? null : failures.predecessor(predecessor);
    }

    private boolean isExpired(Sending sending, long now) {
        return now - sending.acceptedAt > settings.deliveryTimeout().toNanos();
    }

    private Problem problemOf(Sending sending) {
        Problem own = sending.problem;
        Problem ofStream = noStream;
        if (ofStream != null && !sending.maybeStored) {
            return ofStream;
        }
        if (own != null) {
            return own;
        }
        return connected ? failures.behind(ofFirst) : failures.notConnected();
    }

    // Sending again

    private boolean hasStream() {
        Window known = window;
        boolean asking = missing || known == null || known.assumed();
        if (asking && System.nanoTime() - lookedAt >= LONGEST_PAUSE_NANOS) {
            if (missing || known == null) {
                missing = false;
                stream.forget();
            }
            look();
        }
        return known != null;
    }

    private void judge(long now) {
        if (round.isEmpty()) {
            return;
        }
        if (round.stream().anyMatch(Sending::hasFailed)) {
            size = 1;
            pause = Math.clamp(2 * pause, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
            notBefore = now + pause;
        } else {
            size *= 2;
            pause = 0;
            proven = true;
            noStream = null;
        }
        round.clear();
    }

    private boolean proceed(List<Sending> open, Way way) {
        boolean all = size > LARGEST_ROUND;
        int most = all ? Integer.MAX_VALUE : size;
        for (Sending sending : open) {
            if (round.size() < most && inFlight.has(sending)) {
                sender.attempt(sending, way);
                round.add(sending);
            }
        }
        while (!held.isEmpty() && round.size() < most) {
            Sending sending = held.remove();
            sender.send(sending, way);
            round.add(sending);
        }
        boolean over = all || round.isEmpty() && proven;
        if (over) {
            over();
        }
        wait = round.isEmpty() ? FOR_EVER : STEP_NANOS;
        return over;
    }

    /** Gives everything its outcome that has none. */
    void end(SendQueue queue) {
        hold(queue);
        for (Sending sending : inFlight.all()) {
            sender.fail(sending, failures.closed(sending.maybeStored || sending.phase() == Phase.SENT));
        }
        while (!held.isEmpty()) {
            sender.giveUp(held.remove(), failures.closed(false));
        }
    }
}
