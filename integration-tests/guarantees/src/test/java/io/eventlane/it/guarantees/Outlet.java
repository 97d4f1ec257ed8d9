package io.eventlane.it.guarantees;

import java.time.Duration;

import io.eventlane.it.guarantees.Workload.Keyed;

/** Where a publisher sends events to. It keeps the order of each key, whatever happens to the broker. For one thread. */
interface Outlet extends AutoCloseable {

    /** For how long an event is sent again before its publisher gives up. */
    Duration PATIENCE = Duration.ofMinutes(3);

    /** Hears what became of an event, on any thread. */
    interface Answer {

        void acknowledged(String position);

        void failed(Exception problem);
    }

    void send(Keyed event, Answer answer);

    /** Returns when every event has its answer. */
    void flush();

    @Override
    void close();
}
