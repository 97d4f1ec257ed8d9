package com.acme.billing;

import java.util.Set;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import io.eventlane.DeadLetters;
import io.eventlane.Replay;
import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/dead-invoices")
public class DeadInvoices {

    // tag::replay[]
    @Inject
    DeadLetters deadLetters;

    @POST
    @Path("replay")
    @RunOnVirtualThread // <1>
    public Replay replay() {
        return deadLetters.replay("invoices"); // <2>
    }

    @POST
    @Path("replay/{cause}")
    @RunOnVirtualThread
    public Replay replay(@PathParam("cause") String cause) {
        return deadLetters.replay("invoices", letter -> letter.cause().equals(cause)); // <3>
    }
    // end::replay[]

    // tag::release[]
    @GET
    @Path("quarantined")
    public Set<String> quarantined() {
        return deadLetters.quarantined("invoices");
    }

    @DELETE
    @Path("quarantined/{key}")
    public boolean release(@PathParam("key") String key) {
        return deadLetters.release("invoices", key);
    }
    // end::release[]
}
