package io.eventlane.jetstream;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.eventlane.PublishException.Reason;
import io.eventlane.PublishReceipt.Status;
import io.eventlane.spi.OutboundException;

/** Says of an event that was not acknowledged why, and whether it may be in the stream all the same. */
final class PublishFailures {

    /**
     * Why an event has no acknowledgement yet.
     *
     * @param what follows "it"
     */
    record Problem(Reason reason, String what, @Nullable Throwable cause) {
    }

    private final JetStreamOutgoing settings;

    PublishFailures(JetStreamOutgoing settings) {
        this.settings = settings;
    }

    // Why an event is sent again

    Problem notConnected() {
        return new Problem(Reason.UNREACHABLE, "could not be sent: there is no connection to NATS", null);
    }

    /** @param first of those that it waits for; {@code null} where none of them has failed */
    Problem behind(@Nullable Problem first) {
        return first == null
                ? new Problem(Reason.UNREACHABLE, "waited for the stream, or behind events without an answer", null)
                : new Problem(first.reason(), "waited behind others, the first of which " + first.what(), first.cause());
    }

    Problem noStream(Throwable cause) {
        boolean lasting = cause instanceof StreamException failure && !failure.isPassing();
        return new Problem(lasting ? Reason.REJECTED : Reason.UNREACHABLE, "has no stream: " + cause.getMessage(), cause);
    }

    Problem noResponders() {
        return new Problem(Reason.UNREACHABLE, "was not taken: no stream has the subject, or its leader is away", null);
    }

    Problem inProcess() {
        return new Problem(Reason.UNREACHABLE, "is in process, as the stream has said since", null);
    }

    Problem noAnswer() {
        return new Problem(Reason.UNREACHABLE, "was not acknowledged within %s%s".formatted(settings.ackTimeout(),
                property("ack-timeout")), null);
    }

    Problem connectionLost() {
        return new Problem(Reason.UNREACHABLE, "was on its way when the connection to NATS was lost", null);
    }

    Problem refused(Answer.Refused answer) {
        return new Problem(Reason.REJECTED, "was refused: " + text(answer), null);
    }

    // Outcomes

    /** It was sent again for as long as it may. */
    OutboundException expired(Problem problem, boolean maybeStored) {
        return failure(problem.reason(), maybeStored, problem.cause(), "%s, until the time was over to send it again, %s%s"
                .formatted(problem.what(), settings.deliveryTimeout(), property("delivery-timeout")));
    }

    /** It cannot be sent again without the danger that it is stored twice. */
    OutboundException tooOldToRepeat(Problem problem, Duration window) {
        return failure(problem.reason(), true, problem.cause(),
                "%s, and the stream knows its id for no longer than %s".formatted(problem.what(), window));
    }

    OutboundException overtaken(Problem problem, boolean maybeStored) {
        return failure(problem.reason(), maybeStored, problem.cause(),
                ("%s, and is not sent again, because a later event of its"
                        + " key is stored%s").formatted(problem.what(), property("ordered")));
    }

    /** The stream will not take it. */
    OutboundException rejected(Answer.Refused answer, boolean maybeStored) {
        return failure(reasonOf(answer), maybeStored, null, "was refused: " + text(answer));
    }

    OutboundException notPermitted(String error, boolean maybeStored) {
        return failure(Reason.REJECTED, maybeStored, null, "was refused by the server: " + error);
    }

    OutboundException tooLarge(int bytes, long limit, String where, boolean maybeStored) {
        return failure(Reason.TOO_LARGE, maybeStored, null,
                "is too large: %,d bytes, where %s allows %,d".formatted(bytes, where, limit));
    }

    OutboundException invalid(RuntimeException cause, boolean maybeStored) {
        return failure(Reason.INVALID, maybeStored, cause, "was not sent: " + cause.getMessage());
    }

    /** The client failed in a way in which it should not, perhaps after it had taken the event. */
    OutboundException unexpected(Throwable cause) {
        return failure(Reason.UNREACHABLE, true, cause, "may not have been sent: " + cause);
    }

    OutboundException backPressure(@Nullable Duration waited) {
        return failure(Reason.BACK_PRESSURE, false, null,
                "was not sent: %d events are in flight already%s%s".formatted(settings.maxInflight(),
                        property("max-inflight-messages"),
                        waited == null ? ", and this thread must not wait" : ", and none was acknowledged within " + waited));
    }

    OutboundException interrupted(InterruptedException cause) {
        return failure(Reason.BACK_PRESSURE, false, cause,
                "was not sent: the thread was interrupted while it waited for events in flight");
    }

    /** The client drops what an interrupted thread publishes, unless it has taken it before. */
    OutboundException interruptedInClient() {
        return failure(Reason.UNREACHABLE, true, null,
                "may not have been sent: the thread was interrupted while the client took it");
    }

    OutboundException predecessor(Throwable failure) {
        boolean hadOneItself = failure instanceof OutboundException behind && behind.reason() == Reason.PREDECESSOR_FAILED;
        Throwable cause = hadOneItself && failure.getCause() != null ? failure.getCause() : failure;
        return failure(Reason.PREDECESSOR_FAILED, false, cause,
                "was not sent, because an earlier event of its key failed: " + cause.getMessage());
    }

    OutboundException closed(boolean maybeStored) {
        return failure(Reason.CLOSED, maybeStored, null,
                maybeStored ? "was not acknowledged before the channel was closed" : "was not sent: the channel is closed");
    }

    /** Names what sets the attribute, where something does. */
    private String property(String attribute) {
        String prefix = settings.prefix();
        return prefix == null ? "" : " (" + prefix + attribute + ')';
    }

    private static Reason reasonOf(Answer.Refused answer) {
        return answer.isTooLarge() ? Reason.TOO_LARGE : Reason.REJECTED;
    }

    private static String text(Answer.Refused answer) {
        return "%s (error %d of the server)".formatted(answer.description(), answer.code());
    }

    private OutboundException failure(Reason reason, boolean maybeStored, @Nullable Throwable cause, String what) {
        return new OutboundException(reason, maybeStored ? Status.UNKNOWN : Status.FAILED,
                "Channel %s: an event for topic %s %s".formatted(settings.channel(), settings.topic(), what), cause);
    }
}
