package io.eventlane.demo;

import java.util.List;

/** The demo without a broker: its topics are in the application's memory. */
record Memory() implements Broker {

    @Override
    public String description() {
        return "There is no broker: the topics are in the application's memory";
    }

    @Override
    public List<String> settings(Options options) {
        return List.of();
    }

    @Override
    public void close() {
        // They end with the application.
    }
}
