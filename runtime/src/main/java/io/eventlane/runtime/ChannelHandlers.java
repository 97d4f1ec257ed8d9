package io.eventlane.runtime;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** The handlers of one incoming channel. The subclass of each channel is generated at build time. */
public abstract class ChannelHandlers {

    private final String channel;
    private final boolean byType;
    private final List<HandlerInvoker> invokers;

    /**
     * @param byType whether a handler of the channel carries {@link io.eventlane.EventType}, so that the type matters
     */
    protected ChannelHandlers(String channel, boolean byType, HandlerInvoker... invokers) {
        this.channel = channel;
        this.byType = byType;
        this.invokers = List.of(invokers);
    }

    public final String channel() {
        return channel;
    }

    public final boolean byType() {
        return byType;
    }

    public final List<HandlerInvoker> invokers() {
        return invokers;
    }

    /**
     * The handler for an event type: a generated {@code switch} over the types of the channel.
     *
     * @param eventType the event's type; {@code null} when it has none, or when the channel is not {@link #byType()}
     * @return the handler of that type, else the one without a type, else {@code null}
     */
    public abstract @Nullable HandlerInvoker select(@Nullable String eventType);
}
