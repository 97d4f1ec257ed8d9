package io.eventlane.deployment.handler;

import io.eventlane.Event;
import io.eventlane.runtime.ChannelHandlers;
import io.eventlane.runtime.HandlerInvoker;
import io.eventlane.runtime.HandlerTable;

/** Calls handlers through the generated table, without a broker. */
public final class Handlers {

    private final HandlerTable table;

    public Handlers(HandlerTable table) {
        this.table = table;
    }

    public ChannelHandlers channel(String channel) {
        return table.channels().stream().filter(found -> found.channel().equals(channel)).findFirst().orElseThrow();
    }

    public HandlerInvoker only(String channel) {
        return channel(channel).select(null);
    }

    public Object invoke(String channel, Event<?> event) throws Throwable {
        return only(channel).invoke(event);
    }
}
