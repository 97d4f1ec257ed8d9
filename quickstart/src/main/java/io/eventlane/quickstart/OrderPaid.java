package io.eventlane.quickstart;

import java.math.BigDecimal;

/** The money has arrived. */
record OrderPaid(BigDecimal amount) {

    static final String TYPE = "order.paid";
}
