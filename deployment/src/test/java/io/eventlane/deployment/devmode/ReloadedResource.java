package io.eventlane.deployment.devmode;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import io.eventlane.deployment.handler.TestEvent;
import io.eventlane.runtime.ChannelHandlers;
import io.eventlane.runtime.HandlerTable;

@Path("/handlers")
public class ReloadedResource {

    @Inject
    HandlerTable table;

    @GET
    public String channels() {
        return String.join(",", table.channels().stream().map(ChannelHandlers::channel).toList());
    }

    @GET
    @Path("{channel}")
    public Object call(@PathParam("channel") String name) throws Exception {
        for (ChannelHandlers channel : table.channels()) {
            if (channel.channel().equals(name)) {
                return call(channel);
            }
        }
        return "nothing";
    }

    private static Object call(ChannelHandlers channel) throws Exception {
        try {
            return channel.select(null).invoke(TestEvent.of("event"));
        } catch (Throwable e) {
            throw new Exception(e);
        }
    }
}
