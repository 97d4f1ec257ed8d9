package io.eventlane.it.guarantees;

import java.nio.file.Path;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.eventlane.Event;
import io.eventlane.journal.Entry;
import io.eventlane.journal.Entry.What;
import io.eventlane.journal.JournalFile;

/**
 * Writes down when each run started and how it ended. The times are {@link System#nanoTime}, which counts from the
 * machine's start: so they can be compared between the processes of one machine, and no correction of the time of day
 * moves them.
 */
@Singleton
class RunJournal {

    private final String process = Long.toString(ProcessHandle.current().pid());
    private final JournalFile file;

    /**
     * @param name unique among the processes that write to the directory
     */
    RunJournal(@ConfigProperty(name = "journal.directory") Path directory,
            @ConfigProperty(name = "journal.name") String name) {
        file = JournalFile.create(directory, name);
    }

    /** Returns the time of the start, to be given back at the end of the run. */
    long started(Event<?> event, Work work) {
        long start = System.nanoTime();
        write(What.STARTED, event, work, start, Entry.NONE);
        return start;
    }

    void ended(Event<?> event, Work work, long start, boolean good) {
        write(good ? What.ENDED : What.FAILED, event, work, start, System.nanoTime());
    }

    private void write(What what, Event<?> event, Work work, long start, long end) {
        file.append(new Entry(what, process, event.channel(), String.valueOf(event.key()), work.number(),
                event.position().toString(), Entry.NONE, start, end, event.attempt()).toLine());
    }
}
