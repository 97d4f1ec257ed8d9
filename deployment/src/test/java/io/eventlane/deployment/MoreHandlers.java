package io.eventlane.deployment;

import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Handlers of a second bean. */
public class MoreHandlers {

    @Incoming("a/b")
    public void first(String text) {
    }

    @Incoming("a.b")
    public void second(String text) {
    }
}
