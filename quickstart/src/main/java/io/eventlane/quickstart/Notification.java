package io.eventlane.quickstart;

/** What a customer is told. */
record Notification(String text) {

    static final String TYPE = "notification";
}
