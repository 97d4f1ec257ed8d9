package io.eventlane.quickstart;

import java.math.BigDecimal;

/** A customer has ordered. */
record OrderPlaced(String customer, int items, BigDecimal total) {

    static final String TYPE = "order.placed";
}
