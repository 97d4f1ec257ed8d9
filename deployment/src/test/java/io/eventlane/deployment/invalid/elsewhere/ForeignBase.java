package io.eventlane.deployment.invalid.elsewhere;

import org.eclipse.microprofile.reactive.messaging.Incoming;

public abstract class ForeignBase {

    @Incoming("orders")
    protected void onOrder(String order) {
    }

    @Incoming("payments")
    public void onPayment(String payment) {
    }
}
