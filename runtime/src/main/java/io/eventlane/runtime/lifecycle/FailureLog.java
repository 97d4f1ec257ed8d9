package io.eventlane.runtime.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import org.jboss.logging.Logger;

import io.eventlane.engine.DispatcherListener;
import io.eventlane.engine.Verdict;
import io.eventlane.spi.InboundRecord;

/**
 * Logs what goes wrong in one channel. When every event fails, one of them per second is enough: the others are
 * counted.
 */
final class FailureLog implements DispatcherListener<InboundRecord> {

    private static final Logger LOG = Logger.getLogger("io.eventlane");

    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private final String channel;
    private final LongSupplier nanoClock;
    private final AtomicLong next;
    private final LongAdder unlogged = new LongAdder();

    FailureLog(String channel, LongSupplier nanoClock) {
        this.channel = channel;
        this.nanoClock = nanoClock;
        this.next = new AtomicLong(nanoClock.getAsLong());
    }

    @Override
    public void onFailure(InboundRecord record, int attempt, Throwable failure, Verdict verdict) {
        if (!isDue()) {
            unlogged.increment();
            return;
        }
        long others = unlogged.sumThenReset();
        LOG.errorf(failure, "Channel '%s': attempt %d at the event at %s%s failed; %s%s", channel, attempt, record.position(),
                keyOf(record), next(verdict), others == 0 ? "" : " (" + others + " more failures were not logged)");
    }

    private static String next(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Retry(Duration delay) -> "its key is tried again in " + delay.toMillis() + " ms";
            case Verdict.Postpone(Duration delay) -> "its key goes on in " + delay.toMillis() + " ms";
            case Verdict.Park(Duration delay) ->
                "it is parked: its key waits until the event is handled, and is tried again in " + delay.toMillis() + " ms";
            case Verdict.Settle() -> "it is not tried again, but treated as the channel's failure-strategy says";
            case Verdict.Halt() -> "no more of its partition is consumed until the application is restarted";
        };
    }

    @Override
    public void onStarvation(Duration unmounted) {
        LOG.warnf(
                "Channel '%s': a worker waits for a carrier thread for %d ms: handlers keep all of them busy, or block them inside"
                        + " synchronized (before JDK 24). quarkus.eventlane.incoming.%s.execution=platform takes handlers off them",
                channel, unmounted.toMillis(), channel);
    }

    @Override
    public void onRefusedStart(Throwable refusal) {
        LOG.errorf(refusal, "Channel '%s': no thread could be started for a worker; it is tried again", channel);
    }

    private boolean isDue() {
        long now = nanoClock.getAsLong();
        long due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + INTERVAL_NANOS);
    }

    private static String keyOf(InboundRecord record) {
        byte[] key = record.key();
        return key == null ? "" : " with the key '" + new String(key, UTF_8) + "'";
    }
}
