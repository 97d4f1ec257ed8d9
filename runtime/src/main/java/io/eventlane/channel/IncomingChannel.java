package io.eventlane.channel;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

import io.eventlane.engine.DispatcherListener;
import io.eventlane.engine.DispatcherSettings;
import io.eventlane.engine.FailurePolicy;
import io.eventlane.spi.InboundHandler;
import io.eventlane.spi.InboundRecord;

/**
 * An incoming channel, as every connector has to know it.
 *
 * @param name the channel's
 * @param prefix of its properties, such as {@code quarkus.eventlane.incoming.orders.}
 * @param topics the topics it reads, at least one
 * @param dispatcher the channel's limits
 * @param maxSpan how many records of a log may be held from the first unfinished one on, before that log is paused
 * @param policy what becomes of a record that failed
 * @param revokeTimeout how long running handlers may take to finish when their log moves to another process
 * @param maxAge how long a handler may run, or the acknowledgement of its record be missing, before that is reported
 * @param workers starts a thread for each task
 * @param handler handles each record
 * @param listener hears of failures
 */
public record IncomingChannel(
        String name,
        String prefix,
        List<String> topics,
        DispatcherSettings dispatcher,
        int maxSpan,
        FailurePolicy<? super InboundRecord> policy,
        Duration revokeTimeout,
        Duration maxAge,
        Executor workers,
        InboundHandler handler,
        DispatcherListener<InboundRecord> listener) {

    public IncomingChannel {
        topics = List.copyOf(topics);
    }

    /** The same where no more records of a log than that may be held, if that is fewer. */
    public IncomingChannel withSpanWithin(int most) {
        return new IncomingChannel(name, prefix, topics, dispatcher, Math.min(maxSpan, most), policy, revokeTimeout, maxAge,
                workers, handler, listener);
    }

    /** The full name of the property that sets an attribute of this channel. */
    public String property(String attribute) {
        return prefix + attribute;
    }
}
