package io.eventlane.jetstream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.eventlane.channel.ConsumedLog;
import io.eventlane.jetstream.ConsumerApi.Opened;
import io.eventlane.jetstream.ConsumerApi.Place;
import io.eventlane.jetstream.Deliveries.Arrival;
import io.eventlane.spi.ChannelStatus.Severity;
import io.eventlane.spi.ChannelStatus.Trouble;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.support.Status;

/**
 * Takes in the messages of one consumer: asks for them, lets them through in order ({@link Deliveries}), acknowledges what
 * is done, and finds the way back after whatever comes between. For the source's thread.
 *
 * <pre>
 *   OPENING ──► RECOVERING ──► FLOWING
 *      ▲  ▲         ▲             │
 *      │  │         └─────────────┤ reconnected, a delivery went elsewhere, silence
 *      │  └───────────────────────┤ the consumer is gone
 *      └──────── RESTARTING ◄─────┘ another stream or consumer of that name
 *
 *   from any: CLOSING ──► CLOSED
 * </pre>
 */
final class Intake {

    private static final Logger LOG = Logger.getLogger(Intake.class);

    private static final Duration LOOK_AFTER = Duration.ofSeconds(5);
    private static final Duration MAX_BACK_OFF = Duration.ofSeconds(5);
    private static final Duration WARN_AGAIN = Duration.ofMinutes(1);

    private enum Phase {
        OPENING,
        RECOVERING,
        FLOWING,
        RESTARTING,
        CLOSING,
        CLOSED
    }

    private final ConsumerPlan plan;
    private final SourceContext source;
    private final Acks acks;
    private final Pulls pulls;
    private final Reclaiming reclaiming;
    private final MessageReader reader;

    private Phase phase = Phase.OPENING;
    private Deliveries deliveries;
    private ConsumedLog log;
    private Wire.@Nullable Inbox inbox;
    private @Nullable Opened opened;
    private @Nullable Trouble trouble;
    private long arrivals;
    /** Answers to questions of before the last change of phase are of no use. */
    private int epoch;
    private boolean asking;
    private boolean askingWhatIsGone;
    /** What the consumer knows by a sequence is not what was handled by it here. */
    private boolean foreign;
    private boolean draining;
    private boolean drained;
    private boolean heard;
    private long notBefore = System.nanoTime();
    private int failuresInARow;
    private long deadline;
    private long averageSize = 1_024;
    private long refusedUntil = System.nanoTime();
    private long warnedAt;
    /** The number of the newest delivery, as the server said when it was last asked. */
    private long deliveredAtLook = -1;

    Intake(ConsumerPlan plan, SourceContext source) {
        this.plan = plan;
        this.source = source;
        this.acks = new Acks(source.link(), plan);
        this.pulls = new Pulls(plan.settings().fetchExpires());
        this.reclaiming = new Reclaiming(acks);
        this.reader = new MessageReader(plan.topic());
        this.deliveries = new Deliveries(source.ordered(), 0);
        this.log = track();
        this.trouble = trouble(Severity.NOT_STARTED, "the consumer was not reached yet");
    }

    private ConsumedLog track() {
        // A record is given back to the deliveries that it came from, also when others are taken in meanwhile.
        Deliveries own = deliveries;
        return source.dispatcher().track(plan.stream() + '/' + plan.durable(),
                record -> source.mailbox().post(() -> done(own, (JetStreamInboundRecord) record)));
    }

    // The loop

    /** Once in each turn of the source's loop. */
    void turn(long now, boolean connected) {
        switch (phase) {
            case OPENING -> {
                if (connected) {
                    ask(now, this::open, this::opened);
                }
            }
            case RECOVERING, FLOWING -> {
                // Without the lease somebody else may have the messages that seem to be missing.
                if (connected && source.lease().isHeld(now)) {
                    look(now);
                }
            }
            case RESTARTING, CLOSING -> end(now, connected);
            case CLOSED -> {
                // Nothing comes any more.
            }
        }
        pulls.housekeep(now);
        if (phase != Phase.CLOSED) {
            acks.repeatUnconfirmed(now);
            deliveries.unheardSince(now - plan.settings().progressInterval().toNanos(), now).forEach(acks::inProgress);
        }
    }

    private void end(long now, boolean connected) {
        if (!draining && isDrained(now)) {
            draining = true;
            int then = epoch;
            // What is done has been posted before.
            source.mailbox().post(() -> drained = then == epoch);
        }
        if (drained && phase == Phase.RESTARTING) {
            startOver();
        } else if (drained && (acks.areConfirmed() && isHeard(now, connected) || now - deadline > 0)) {
            closed();
        }
    }

    /**
     * Whether the server has heard all that was said to it: the answer to a question that was asked afterwards. In a cluster,
     * what others do next may otherwise come to the consumer's leader before the acknowledgements do.
     */
    private boolean isHeard(long now, boolean connected) {
        if (opened != null && connected) {
            ask(now, this::info, (info, failure) -> heard = true);
            return heard;
        }
        return true;
    }

    private void look(long now) {
        if (pulls.isSilent(now)) {
            recover("the server has not answered for %d s".formatted(pulls.silentFor(now)));
        }
        ask(now, this::info, this::informed);
    }

    /** Asks the server, unless it is being asked, or it is too soon. */
    private <T> void ask(long now, Supplier<CompletionStage<T>> question,
            BiConsumer<@Nullable T, @Nullable Throwable> answer) {
        if (asking || now - notBefore < 0) {
            return;
        }
        asking = true;
        int asked = epoch;
        question.get().whenComplete((result, failure) -> source.mailbox().post(() -> {
            if (asked == epoch) {
                asking = false;
                answer.accept(result, failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure);
            }
        }));
    }

    private void enter(Phase next) {
        phase = next;
        epoch++;
        asking = false;
        draining = false;
        drained = false;
        heard = false;
        notBefore = System.nanoTime();
    }

    // Opening

    private CompletionStage<Opened> open() {
        Place place = opened == null ? null : new Place(deliveries.resumeAt(), opened.streamCreated());
        return source.streams().ensure(plan.topic()).thenCompose(there -> source.api().open(plan, place, source.ordered()));
    }

    private void opened(@Nullable Opened now, @Nullable Throwable failure) {
        if (now == null) {
            failed("cannot be opened", failure);
            return;
        }
        failuresInARow = 0;
        pulls.usePin(now.isPinned());
        Opened before = opened;
        ConsumerInfo consumer = now.consumer();
        if (before == null) {
            beginWith(now);
        } else if (!before.streamCreated().equals(now.streamCreated())) {
            restartWithOthers("the stream was created anew");
        } else if (now.existed() && !before.isSame(consumer) && !now.beginsNoLaterThan(deliveries.resumeAt())) {
            restartWithOthers("somebody has created the consumer anew");
        } else {
            opened = now;
            recover(null);
        }
    }

    private void beginWith(Opened now) {
        openInbox(Objects.requireNonNull(source.link().connection()));
        opened = now;
        deliveries = new Deliveries(source.ordered(), Opened.floor(now.consumer()));
        source.dispatcher().remove(log);
        log = track();
        recover(null);
    }

    private void openInbox(Connection connection) {
        Wire.Inbox own = source.wire().open(connection, this::receive);
        inbox = own;
        acks.confirmTo(plan.settings().confirmAcks() ? own.confirmations() : null);
    }

    private void failed(String what, @Nullable Throwable failure) {
        if (failure instanceof JetStreamApiException api) {
            if (api.getApiErrorCode() == ConsumerApi.STREAM_NOT_FOUND) {
                source.streams().forget(plan.topic());
                enter(Phase.OPENING);
            } else if (api.getApiErrorCode() == ConsumerApi.CONSUMER_NOT_FOUND) {
                enter(Phase.OPENING);
            }
        }
        failuresInARow++;
        Duration backOff = Duration.ofMillis(Math.min(MAX_BACK_OFF.toMillis(), 50L << Math.min(failuresInARow, 10)));
        notBefore = System.nanoTime() + backOff.toNanos();
        Trouble before = trouble;
        trouble = before != null && before.severity() == Severity.NOT_STARTED && opened == null
                ? new Trouble(Severity.NOT_STARTED, plan + " " + what + ": " + failure, before.since())
                : trouble(Severity.NOT_READY, plan + " " + what + ": " + failure);
        LOG.warnf("Channel '%s': %s %s, again in %s: %s", source.channel(), plan, what, backOff, failure);
    }

    private Trouble trouble(Severity severity, String what) {
        Trouble before = trouble;
        return new Trouble(severity, what, before == null || before.severity() != severity ? Instant.now() : before.since());
    }

    // Recovering

    /** The connection is there, newly or again. */
    void connected(Connection connection) {
        pulls.lost();
        Wire.Inbox before = inbox;
        if (before != null && !before.isOpenOn(connection) && phase != Phase.CLOSED) {
            openInbox(connection);
        }
        if (phase == Phase.FLOWING || phase == Phase.RECOVERING) {
            recover("reconnected");
        } else if (phase == Phase.OPENING) {
            enter(Phase.OPENING);
        }
    }

    private void recover(@Nullable String because) {
        if (because != null) {
            LOG.debugf("Channel '%s': %s: %s, looking for messages that went elsewhere", source.channel(), plan, because);
        }
        pulls.lost();
        deliveries.close();
        reclaiming.begin();
        enter(Phase.RECOVERING);
    }

    private CompletionStage<ConsumerInfo> info() {
        // Who had the messages before may still ask for some.
        return phase == Phase.RECOVERING && pulls.lacksPin() ? source.api().infoAfterUnpinning(plan)
                : source.api().info(plan);
    }

    private void informed(@Nullable ConsumerInfo info, @Nullable Throwable failure) {
        long now = System.nanoTime();
        if (info == null) {
            failed("does not answer", failure);
            return;
        }
        failuresInARow = 0;
        if (!Objects.requireNonNull(opened).isSame(info)) {
            enter(Phase.OPENING);
        } else if (phase == Phase.FLOWING) {
            flowing(info, now);
        } else if (phase == Phase.RECOVERING) {
            recovering(info, now);
        }
    }

    private void flowing(ConsumerInfo info, long now) {
        deliveries.acknowledgedTo(Opened.floor(info));
        long delivered = info.getDelivered().getConsumerSequence();
        boolean sameAsBefore = delivered == deliveredAtLook;
        deliveredAtLook = delivered;
        trouble = sameAsBefore && isUsedUp(info) ? trouble(Severity.NOT_READY,
                ("%s: as many messages as may be (max-ack-pending, %d) are not acknowledged, here and elsewhere, and the server"
                        + " delivers none until some are").formatted(plan, plan.settings().maxAckPending()))
                : null;
        notBefore = now + LOOK_AFTER.toNanos();
        if (sameAsBefore && deliveries.lacksDelivery(delivered)) {
            recover("the newest delivery went elsewhere");
        }
    }

    /** Whether nothing comes although there is more and room for it here. */
    private boolean isUsedUp(ConsumerInfo info) {
        return info.getNumPending() > 0 && info.getNumAckPending() >= plan.settings().maxAckPending() && !log.mustPause();
    }

    private void recovering(ConsumerInfo info, long now) {
        if (!source.ordered()) {
            flow(now);
            return;
        }
        notBefore = now + Reclaiming.LOOK_AGAIN.toNanos();
        if (reclaiming.look(deliveries, info, now)) {
            if (deliveries.haveAllSince(info.getDelivered().getConsumerSequence())) {
                flow(now);
            }
            return;
        }
        trouble = trouble(Severity.NOT_READY,
                ("%s: waits for %d messages that were delivered elsewhere, to keep their order. If that"
                        + " lasts, another client uses this consumer").formatted(plan, reclaiming.missing()));
        if (!askingWhatIsGone && reclaiming.mayBeGone()) {
            askingWhatIsGone = true;
            int asked = epoch;
            source.api().gone(plan, Opened.floor(info) + 1, info.getDelivered().getStreamSequence())
                    .whenComplete((gone, failure) -> source.mailbox().post(() -> gone(gone, info, asked)));
        }
    }

    private void gone(@Nullable List<Long> sequences, ConsumerInfo info, int asked) {
        askingWhatIsGone = false;
        if (sequences != null && asked == epoch) {
            reclaiming.gone(sequences, deliveries, info);
        }
    }

    private void flow(long now) {
        enter(Phase.FLOWING);
        notBefore = now + LOOK_AFTER.toNanos();
        trouble = null;
        deliveries.open().forEach(this::submit);
        source.dispatcher().flush();
    }

    // Starting over

    private void restart(String because) {
        LOG.warnf("Channel '%s': %s: %s, starting over", source.channel(), plan, because);
        stop();
        deadline = System.nanoTime() + source.revokeTimeout().toNanos();
        enter(Phase.RESTARTING);
    }

    /** As the other, where the consumer's sequences are those of other messages now: they must not be acknowledged. */
    private void restartWithOthers(String because) {
        foreign = true;
        acks.forget();
        restart(because);
    }

    /** Acknowledgements may still be confirmed. */
    private void stop() {
        log.tracker().revoke();
        pulls.lost();
    }

    private void closeInbox() {
        Wire.Inbox open = inbox;
        inbox = null;
        if (open != null) {
            open.close();
        }
    }

    private boolean isDrained(long now) {
        if (log.tracker().isDrained()) {
            return true;
        }
        if (now - deadline < 0) {
            return false;
        }
        List<Long> running = log.tracker().abandon();
        LOG.warnf("Channel '%s': %s: %d handlers were still running after the time they had, and were interrupted",
                source.channel(), plan, running.size());
        return true;
    }

    private void startOver() {
        closeInbox();
        deliveries = new Deliveries(source.ordered(), 0);
        acks.forget();
        foreign = false;
        opened = null;
        enter(Phase.OPENING);
    }

    // The end

    /**
     * Takes no more, lets running handlers finish until the deadline, and gives the rest back.
     *
     * @param until as {@link System#nanoTime()}
     */
    void close(long until) {
        if (phase == Phase.CLOSING) {
            // It may have had longer to give its messages away than the application has to stop.
            deadline = until - deadline < 0 ? until : deadline;
        } else if (phase != Phase.CLOSED) {
            stop();
            deadline = until;
            enter(Phase.CLOSING);
        }
    }

    /** Others may have the consumer already. */
    void lose() {
        if (phase != Phase.CLOSED) {
            // Whoever has it counts on what it holds: what still ends here must not be acknowledged there.
            foreign = true;
            stop();
            closeInbox();
            log.tracker().abandon();
            source.dispatcher().remove(log);
            enter(Phase.CLOSED);
        }
    }

    boolean isClosed() {
        return phase == Phase.CLOSED;
    }

    private void closed() {
        // Before anything is given back, which requests of its own would catch.
        closeInbox();
        if (!foreign) {
            deliveries.all().forEach(acks::giveBack);
        }
        source.dispatcher().remove(log);
        enter(Phase.CLOSED);
    }

    // Messages

    /** On the client's thread. */
    private void receive(Message message) {
        ReceivedMessage received = ReceivedMessage.of(message);
        if (received.isDelivery()) {
            var record = new JetStreamInboundRecord(received, plan.stream(), reader);
            source.mailbox().post(() -> arrived(record));
        } else {
            source.mailbox().post(() -> told(message));
        }
    }

    private void arrived(JetStreamInboundRecord record) {
        long now = System.nanoTime();
        pulls.delivered(now);
        if (pulls.lacksPin()) {
            pulls.pinned(record.pin());
        }
        averageSize += (record.size() - averageSize) / 16;
        if (opened == null || phase == Phase.CLOSED || phase == Phase.RESTARTING) {
            return;
        }
        acks.learnPrefix(record);
        Arrival arrival = deliveries.arrived(record);
        switch (arrival) {
            case DUE -> submit(record);
            case KEPT -> {
                if (phase == Phase.FLOWING) {
                    warnOfSharing(now);
                }
            }
            case HELD -> LOG.tracef("%s: %s was delivered again while it is held", plan, record);
            case DONE -> acks.done(record, now);
            case OUT_OF_PLACE -> {
                if (phase != Phase.CLOSING) {
                    restart(record + " is not what was expected there");
                }
            }
        }
        if (phase == Phase.FLOWING && !deliveries.isOpen()) {
            recover("a delivery went elsewhere");
        }
    }

    private void warnOfSharing(long now) {
        if (warnedAt == 0 || now - warnedAt > WARN_AGAIN.toNanos()) {
            warnedAt = now;
            LOG.warnf(
                    "Channel '%s': a message of %s went elsewhere and is asked back. Unless its leader has just changed, another"
                            + " client takes messages of this consumer, which costs time: give it a consumer of its own",
                    source.channel(), plan);
        }
    }

    /** The server says something about a request, or about an acknowledgement. */
    private void told(Message message) {
        Wire.Inbox open = inbox;
        if (open != null && open.isConfirmation(message.getSubject())) {
            // Nobody has got an acknowledgement to which the server says that nobody listens there.
            if (!message.isStatusMessage()) {
                acks.confirmed(message);
            }
            return;
        }
        Status status = message.getStatus();
        long now = System.nanoTime();
        if (status.isHeartbeat()) {
            pulls.heartbeat(now);
            return;
        }
        pulls.ended(RequestEnd.messagesLeft(message, pulls.outstanding()), now);
        switch (RequestEnd.of(status)) {
            case ORDINARY -> LOG.tracef("%s: a request has ended: %s", plan, status);
            case NOT_PINNED -> {
                pulls.pinned(null);
                if (phase == Phase.FLOWING) {
                    recover("the server gives the messages to another client");
                }
            }
            case CONSUMER_MAY_BE_GONE -> {
                if (phase == Phase.FLOWING || phase == Phase.RECOVERING) {
                    recover(status.getMessageWithCode());
                }
            }
            case REFUSED -> {
                trouble = trouble(Severity.NOT_READY, "%s: the server refuses a request for messages: %s".formatted(plan,
                        status.getMessageWithCode()));
                LOG.warnf("Channel '%s': %s", source.channel(), trouble.what());
                refusedUntil = now + MAX_BACK_OFF.toNanos() / 5;
            }
        }
    }

    private void submit(JetStreamInboundRecord record) {
        if (phase == Phase.CLOSING) {
            return;
        }
        if (!plan.subjects().take(record.message().subject())) {
            passOver(record);
        } else {
            log.submit(arrivals++, record.key(), record.size(), record);
        }
    }

    /** What is of another topic of the stream. */
    private void passOver(JetStreamInboundRecord record) {
        if (Objects.requireNonNull(opened).takesFromOthers()) {
            // Not to be acknowledged: the stream has changed, and has to be looked at again.
            enter(Phase.OPENING);
        } else {
            done(deliveries, record);
        }
    }

    private void done(Deliveries own, JetStreamInboundRecord record) {
        own.done(record);
        if (own.equals(deliveries) && !foreign) {
            acks.done(record, System.nanoTime());
        }
    }

    // Requests

    /** Whether new messages may be asked for. */
    boolean takesMore(long now) {
        return phase == Phase.FLOWING && source.lease().isHeld(now) && !log.mustPause() && now - refusedUntil >= 0
                && (pulls.mayOverlap() || pulls.outstanding() == 0);
    }

    /** For how many messages the server is to be asked in any case, since others wait for them. */
    int wanted(long now) {
        return phase == Phase.RECOVERING && source.lease().isHeld(now) && (pulls.mayOverlap() || pulls.outstanding() == 0)
                ? (int) Math.max(0, Math.min(plan.settings().fetchBatch(), reclaiming.wanted(now) - pulls.outstanding()))
                : 0;
    }

    /** How many messages may still come, and how many have come that wait. */
    int reserved() {
        return (int) pulls.outstanding() + deliveries.kept();
    }

    int outstanding() {
        return (int) pulls.outstanding();
    }

    long averageSize() {
        return Math.max(1, averageSize);
    }

    void pull(int messages, long maxBytes, long now) {
        Connection connection = source.link().connection();
        Wire.Inbox to = inbox;
        if (connection == null || to == null) {
            return;
        }
        try {
            connection.publish(plan.requestSubject(source.link().jetStream().getPrefix()), to.messages(),
                    pulls.request(messages, maxBytes, now));
        } catch (IllegalStateException notConnected) {
            pulls.lost();
        }
    }

    // What can be said of it

    /** Whether nothing is about to happen but what the server or a handler does. */
    boolean isCalm() {
        return phase == Phase.FLOWING;
    }

    @Nullable
    Trouble trouble() {
        return trouble;
    }

    @Override
    public String toString() {
        return plan.stream() + '/' + plan.durable()
                + (phase == Phase.FLOWING ? "" : " (" + phase.name().toLowerCase(Locale.ROOT) + ')');
    }
}
