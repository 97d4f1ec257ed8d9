package io.eventlane.channel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

import io.eventlane.engine.CompletionTracker;
import io.eventlane.engine.DispatcherSettings;
import io.eventlane.engine.KeyedDispatcher;
import io.eventlane.engine.Lease;
import io.eventlane.engine.RecordHandler;
import io.eventlane.engine.Run;
import io.eventlane.engine.Stuck;
import io.eventlane.spi.InboundHandler;
import io.eventlane.spi.InboundRecord;

/**
 * One channel of a source: its dispatcher, and the logs that this process consumes for it at present. For the source's
 * thread, unless a method says otherwise.
 */
public final class ChannelDispatcher {

    private final IncomingChannel settings;
    private final KeyedDispatcher<InboundRecord> dispatcher;
    private final int maxSpan;
    private final List<ConsumedLog> logs = new ArrayList<>();

    /**
     * @param headroom how many records one fetch may bring: so many before its bounds the channel pauses. At least 1
     * @param timer runs the short tasks that end the wait for a retry
     * @param wakeSource called from any thread when a source that was told to pause may go on; must not block
     * @param lease the source's right to what it consumes; {@link Lease#unlimited()} where it cannot lose that unasked
     */
    public ChannelDispatcher(IncomingChannel settings, int headroom, ScheduledExecutorService timer, Runnable wakeSource,
            Lease lease) {
        this.settings = settings;
        this.maxSpan = Math.max(1, settings.maxSpan() - headroom + 1);
        DispatcherSettings limits = settings.dispatcher();
        DispatcherSettings early = new DispatcherSettings(limits.name(), limits.ordering(), limits.maxConcurrency(),
                Math.max(1, limits.maxQueued() - headroom + 1), limits.maxQueuedBytes());
        this.dispatcher = new KeyedDispatcher<>(early, settings.policy(), handler(settings.handler()), settings.workers(),
                timer, wakeSource, settings.listener(), lease);
    }

    /** Any thread. */
    public IncomingChannel settings() {
        return settings;
    }

    /** Any thread. */
    public String name() {
        return settings.name();
    }

    // Logs

    /**
     * Begins to consume a log; see {@link KeyedDispatcher#track(String, int)}.
     *
     * @param log names the topic and partition, or the stream
     */
    public ConsumedLog track(String log) {
        return add(dispatcher.track(log, maxSpan));
    }

    /**
     * As the other, for a source that has to be told of each record that is done.
     *
     * @param onDone see {@link KeyedDispatcher#track(String, int, Consumer)}
     */
    public ConsumedLog track(String log, Consumer<? super InboundRecord> onDone) {
        return add(dispatcher.track(log, maxSpan, onDone));
    }

    private ConsumedLog add(CompletionTracker<InboundRecord> tracker) {
        ConsumedLog log = new ConsumedLog(this, dispatcher, tracker);
        logs.add(log);
        return log;
    }

    /** The log is not consumed any more. What becomes of its records is said to its tracker. */
    public void remove(ConsumedLog log) {
        logs.remove(log);
    }

    /** What is consumed at present, in the order in which it was begun. */
    public List<ConsumedLog> logs() {
        return Collections.unmodifiableList(logs);
    }

    /** Has the key of a record that waits after failures go elsewhere, so that what it holds up can go on; if it can. */
    boolean divert(ConsumedLog log, Stuck<InboundRecord> stuck) {
        if (!settings.handler().divert(stuck.record())) {
            return false;
        }
        log.tracker().runNow(stuck);
        return true;
    }

    // Each turn of the source's loop

    /** See {@link KeyedDispatcher#hasRoom()}. */
    public boolean hasRoom() {
        return dispatcher.hasRoom();
    }

    /** See {@link KeyedDispatcher#flush()}. */
    public void flush() {
        dispatcher.flush();
    }

    /** See {@link KeyedDispatcher#housekeep()}. */
    public void housekeep() {
        dispatcher.housekeep();
    }

    // Any thread

    /** See {@link KeyedDispatcher#running()}. */
    public int running() {
        return dispatcher.running();
    }

    /** See {@link KeyedDispatcher#held()}. */
    public int held() {
        return dispatcher.held();
    }

    /** See {@link KeyedDispatcher#heldBytes()}. */
    public long heldBytes() {
        return dispatcher.heldBytes();
    }

    private static RecordHandler<InboundRecord> handler(InboundHandler handler) {
        return (record, run) -> handler.handle(record, new RunDelivery(run));
    }

    private record RunDelivery(Run run) implements InboundHandler.Delivery {

        @Override
        public int attempt() {
            return run.attempt();
        }

        @Override
        public boolean isRevoked() {
            return run.isRevoked();
        }

        @Override
        public void doneWhen(CompletionStage<?> stage) {
            run.doneWhen(stage);
        }
    }
}
