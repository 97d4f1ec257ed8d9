package io.eventlane.it.guarantees;

import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

import io.eventlane.Event;

/** Works as long as the event says, fails as often as it says, and else publishes its number. */
@ApplicationScoped
class EventHandler {

    private final RunJournal journal;

    EventHandler(RunJournal journal) {
        this.journal = journal;
    }

    @Incoming("events")
    @Outgoing("results")
    String handle(Event<String> event) {
        Work work = Work.parse(event.payload());
        long start = journal.started(event, work);
        boolean good = false;
        try {
            sleep(work.millis());
            if (event.attempt() <= work.failures()) {
                throw new AskedForException();
            }
            good = true;
        } finally {
            journal.ended(event, work, start, good);
        }
        return event.position() + " " + work.number();
    }

    /** To the end, whoever interrupts it: a handler may take no notice. */
    private static void sleep(int millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.sleep(left);
            } catch (InterruptedException e) {
                // The partition was taken away.
            }
        }
    }

    /** Without a stack trace: there may be many, and each says the same. */
    private static final class AskedForException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private AskedForException() {
            super("as the event asked for", null, false, false);
        }
    }
}
