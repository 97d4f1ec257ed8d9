package io.eventlane.engine;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What becomes of a record after its handler has returned or thrown, and of the lane with it. Called by the lane's
 * holder, whether a worker or the thread that completes a stage.
 */
final class Outcomes<R> {

    private final FailurePolicy<R> policy;
    private final DispatcherListener<R> listener;
    private final ScheduledExecutorService timer;
    private final InFlightLimit limit;
    private final Workers<R> workers;

    Outcomes(FailurePolicy<R> policy, DispatcherListener<R> listener, ScheduledExecutorService timer, InFlightLimit limit,
            Workers<R> workers) {
        this.policy = policy;
        this.listener = listener;
        this.timer = timer;
        this.limit = limit;
        this.workers = workers;
    }

    /** The record's handler has returned, and a stage says when it is done. The lane is no longer the caller's. */
    void await(Entry<R> entry, CompletionStage<?> stage) {
        AwaitedStage<R> wait = new AwaitedStage<>(entry, workers, this);
        entry.lane.waitFor(wait, limit);
        entry.pend();
        // Whoever gave the assignment up before it could see the wait has left it to us.
        if (entry.tracker.isAbandoned()) {
            entry.tracker.drop(entry);
        } else {
            wait.listenTo(stage);
        }
    }

    /** The stage has completed well; the caller has taken the lane from its wait, and gives it up here. */
    void done(Wait<R> wait) {
        Entry<R> entry = wait.entry;
        if (entry.runOn()) {
            finish(entry);
            if (entry.lane.advance(entry) == null) {
                return;
            }
        }
        wait.handOver();
    }

    /** The stage has failed; as {@link #done}. */
    void failed(Wait<R> wait, Throwable failure) {
        if (wait.entry.runOn()) {
            failed(wait.entry, failure);
        } else {
            wait.handOver();
        }
    }

    /** The record's run is over and it is done. */
    void finish(Entry<R> entry) {
        entry.tracker.finish(entry);
    }

    /** The record's run has failed. The lane is no longer the caller's. */
    void failed(Entry<R> entry, Throwable failure) {
        Verdict verdict = policy.judge(entry.record(), entry.attempt(), failure);
        if (verdict instanceof Verdict.Postpone) {
            entry.forgetAttempt();
        } else {
            entry.failed(failure);
            listener.onFailure(entry.record(), entry.attempt(), failure, verdict);
            if (verdict instanceof Verdict.Settle) {
                // The run that settles is no attempt.
                entry.forgetAttempt();
            }
        }
        TimedWait<R> wait = new TimedWait<>(entry, workers, verdict);
        // Announced first: what the source appends from now on does not count either. Nobody can end it while we run.
        entry.lane.waitFor(wait, limit);
        entry.fail();
        // The lane is no longer ours. An assignment that is being taken back may have missed this wait: then nobody
        // else ends it.
        if (entry.tracker.isStopping() || !isWaiting(wait, verdict)) {
            entry.tracker.dropWaiting(entry);
        }
    }

    private boolean isWaiting(TimedWait<R> wait, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Retry(Duration delay) -> wait.schedule(timer, delay);
            case Verdict.Park(Duration delay) -> wait.schedule(timer, delay);
            case Verdict.Postpone(Duration delay) -> wait.schedule(timer, delay);
            case Verdict.Settle() -> {
                wait.endNow();
                yield true;
            }
            case Verdict.Halt() -> {
                wait.entry.tracker.halt();
                yield true;
            }
        };
    }
}
