package com.acme.billing;

import jakarta.enterprise.context.ApplicationScoped;

import io.eventlane.spi.FailureHandler;
import io.quarkus.logging.Log;
import io.smallrye.common.annotation.Identifier;

// tag::triage[]
@ApplicationScoped
@Identifier("triage") // <1>
public class Triage implements FailureHandler {

    @Override
    public Action onFailure(Failure failure) { // <2>
        if (failure.cause() instanceof UnknownCustomerException) {
            Log.warnf("%s is left out: %s", failure.record().position(), failure.cause().getMessage());
            return Action.IGNORE;
        }
        return Action.RETRY; // <3>
    }
}
// end::triage[]
