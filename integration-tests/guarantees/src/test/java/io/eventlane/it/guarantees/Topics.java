package io.eventlane.it.guarantees;

import java.util.List;
import java.util.Set;

import io.eventlane.journal.Entry;

/** The topics and the group of one scenario, on a broker that others may use too. For one thread. */
interface Topics extends AutoCloseable {

    /** What all their names begin with, unique on the broker. */
    String name();

    default String events() {
        return name() + "-events";
    }

    default String results() {
        return name() + "-results";
    }

    default String deadLetters() {
        return name() + "-dead-letters";
    }

    default String group() {
        return name() + "-group";
    }

    /** Creates them, unless the application does. */
    void create() throws Exception;

    /**
     * Adds what a process has to know of this broker.
     *
     * @param process its name
     */
    void configure(Settings settings, String process);

    /** Where a publisher sends the events to. */
    Outlet outlet();

    /**
     * Does something that is done to topics, and not to the whole broker.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    void disturb(Step.What what) throws Exception;

    /** The partitions of which the group has not committed all, each with how far it is. */
    List<String> uncommitted() throws Exception;

    /** The positions of the events whose results were published. */
    Set<String> published() throws Exception;

    /** The events in the dead-letter topic. */
    List<Entry> deadLettered() throws Exception;

    @Override
    void close();
}
