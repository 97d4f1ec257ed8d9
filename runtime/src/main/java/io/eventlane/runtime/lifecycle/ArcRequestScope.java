package io.eventlane.runtime.lifecycle;

import io.eventlane.runtime.invoke.RequestScope;
import io.quarkus.arc.ManagedContext;

/** Arc's request context. */
record ArcRequestScope(ManagedContext context) implements RequestScope {

    @Override
    public void begin() {
        context.activate();
    }

    @Override
    public void end() {
        context.terminate();
    }
}
