package io.eventlane.deployment.devmode;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

class ReloadedHandlers {

    @Incoming("orders")
    @Outgoing("results")
    String onOrder(String order) {
        return "first " + order;
    }

    // more
}
