package io.eventlane.quickstart;

/** The parcel is on its way. */
record OrderShipped(String carrier) {

    static final String TYPE = "order.shipped";
}
