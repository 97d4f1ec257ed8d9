package io.eventlane.runtime.invoke;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.eventlane.Event;
import io.eventlane.EventHeaders;
import io.eventlane.InvalidEventException;
import io.eventlane.channel.DerivedId;
import io.eventlane.runtime.ChannelHandlers;
import io.eventlane.runtime.HandlerInvoker;
import io.eventlane.runtime.codec.Codecs;
import io.eventlane.runtime.config.EventlaneConfig.Unmatched;
import io.eventlane.runtime.publish.ChannelPublisher;
import io.eventlane.spi.InboundHandler;
import io.eventlane.spi.InboundRecord;

/**
 * The way of a record of one channel through the application: its handler is chosen, its payload decoded, the method
 * run in a request context of its own, the result awaited, and what it publishes acknowledged. Where the handler
 * takes a message, the record then waits for that to be acknowledged. Nothing is looked up on the way.
 */
public final class ChannelInvocation implements InboundHandler {

    private final ChannelHandlers handlers;
    private final BoundHandler[] bound;
    private final Codecs codecs;
    private final Unmatched unmatched;
    private final DerivedId ids;
    private final RequestScope scope;
    private final ClassLoader classLoader;

    /**
     * @param group the consumer group: with the channel, it names this consumer in the ids of what it publishes
     * @param publishers finds the publisher of a channel
     * @param classLoader the context class loader of handlers
     */
    public ChannelInvocation(ChannelHandlers handlers, String group, Unmatched unmatched, Codecs codecs,
            Function<String, ChannelPublisher> publishers, RequestScope scope, ClassLoader classLoader) {
        this.handlers = handlers;
        this.codecs = codecs;
        this.unmatched = unmatched;
        this.ids = DerivedId.of(group, handlers.channel());
        this.scope = scope;
        this.classLoader = classLoader;
        this.bound = handlers.invokers().stream()
                .map(invoker -> new BoundHandler(invoker, new PayloadReader(handlers.channel(), invoker.method(), codecs),
                        invoker.method().outgoing().stream().map(publishers).toList()))
                .toArray(BoundHandler[]::new);
    }

    @Override
    public void handle(InboundRecord record, Delivery delivery) throws Throwable {
        if (record.kept() instanceof Results unpublished) {
            publish(record, unpublished);
            awaitAcknowledgement(unpublished.message(), delivery);
            return;
        }
        BoundHandler handler = select(record);
        if (handler == null) {
            return;
        }
        Event<?> event = handler.reader().read(record, delivery);
        Object result = invoke(handler, event);
        ReceivedMessage<?> message = event instanceof ReceivedMessage<?> taken ? taken : null;
        if (result != null && !handler.outgoing().isEmpty()) {
            publish(record, Results.of(record, ids, handler.outgoing(), result, message));
        }
        awaitAcknowledgement(message, delivery);
    }

    private @Nullable Object invoke(BoundHandler handler, Event<?> event) throws Throwable {
        Thread.currentThread().setContextClassLoader(classLoader);
        scope.begin();
        try {
            return handler.invoke(event);
        } finally {
            scope.end();
        }
    }

    /** Publishes the results, unless the handler has said that it failed: then it runs again, and they are void. */
    private static void publish(InboundRecord record, Results results) throws Exception {
        ReceivedMessage<?> message = results.message();
        if (message != null && message.isNacked()) {
            record.keep(null);
            return;
        }
        record.keep(results);
        results.publish();
        record.keep(null);
    }

    private static void awaitAcknowledgement(@Nullable ReceivedMessage<?> message, Delivery delivery) {
        if (message != null) {
            message.awaitedBy(delivery);
        }
    }

    /**
     * @return {@code null} when there is none and that is fine
     * @throws InvalidEventException when there is none and that is a failure
     */
    private @Nullable BoundHandler select(InboundRecord record) {
        String type = handlers.byType() ? typeOf(record) : null;
        HandlerInvoker selected = handlers.select(type);
        for (BoundHandler candidate : bound) {
            if (candidate.invoker().equals(selected)) {
                return candidate;
            }
        }
        if (unmatched == Unmatched.IGNORE) {
            return null;
        }
        throw new InvalidEventException(
                ("the event at %s has the type '%s', which no handler of channel '%s' takes: add a method with"
                        + " @EventType(\"%s\") or one without @EventType, or set quarkus.eventlane.incoming.%s.unmatched=ignore")
                        .formatted(record.position(), type, handlers.channel(), type, handlers.channel()));
    }

    private @Nullable String typeOf(InboundRecord record) {
        byte[] header = record.header(EventHeaders.EVENT_TYPE);
        if (header != null) {
            return new String(header, UTF_8);
        }
        byte[] payload = record.payload();
        return payload == null ? null : codecs.envelopes().peekType(payload);
    }
}
