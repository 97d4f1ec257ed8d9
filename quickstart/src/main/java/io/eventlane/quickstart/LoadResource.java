package io.eventlane.quickstart;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.jboss.resteasy.reactive.RestQuery;

import io.smallrye.common.annotation.Blocking;

/** Where the load generator is driven from, one burst per request. */
@Path("/load")
public class LoadResource {

    private final LoadGenerator generator;

    LoadResource(LoadGenerator generator) {
        this.generator = generator;
    }

    /**
     * Answers once all events of the burst are acknowledged.
     *
     * @param first the number of the first event
     * @param keys over how many orders the events are spread
     */
    @POST
    @Blocking
    public void burst(@RestQuery int first, @RestQuery int events, @RestQuery int keys) {
        generator.burst(first, events, keys);
    }
}
