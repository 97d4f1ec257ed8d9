package io.eventlane.quickstart;

import java.time.Instant;

/**
 * What is known of an order.
 *
 * @param since when the event of this state was published
 */
record OrderStatus(String id, State state, Instant since) {

    enum State {
        PLACED,
        PAID,
        SHIPPED
    }
}
