package io.eventlane.quickstart;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import io.eventlane.Envelope;
import io.eventlane.Event;
import io.eventlane.PublishReceipt;
import io.eventlane.PublishReceipt.Status;
import io.eventlane.journal.Entry;
import io.eventlane.journal.Entry.What;
import io.eventlane.journal.JournalFile;
import io.eventlane.spi.PublishListener;

/**
 * A record of everything that happened to events, from which a checker that knows nothing of Eventlane computes what
 * was lost, doubled or out of order. It is written only when {@code journal.directory} is set, to one file per
 * process.
 * <p>
 * Each line is an {@link Entry}, with the number that the load generator gave the event and times since 1970. Events
 * without a number are not written.
 */
@Singleton
class Journal implements PublishListener {

    private final @Nullable JournalFile file;
    private final String process = Long.toString(ProcessHandle.current().pid());

    /** What turns {@link System#nanoTime}, which never steps back, into the time of day. */
    private final long epoch = nanos(Instant.now()) - System.nanoTime();

    Journal(@ConfigProperty(name = "journal.directory") Optional<Path> directory) {
        String name = "process-" + process + "-" + System.currentTimeMillis();
        this.file = directory.map(d -> JournalFile.create(d, name)).orElse(null);
    }

    @Override
    public void onReceipts(List<PublishReceipt> receipts) {
        if (file == null) {
            return;
        }
        for (PublishReceipt receipt : receipts) {
            if (receipt.status() == Status.OK) {
                file.append(new Entry(What.PUBLISHED, process, receipt.channel(), String.valueOf(receipt.aggregateId()),
                        Entry.NONE, String.valueOf(receipt.position()), Entry.NONE, Entry.NONE, now(), Entry.NONE).toLine());
            }
        }
    }

    /** Returns the time of the start, to be given back at the end of the run. */
    long started(Event<?> event) {
        long start = now();
        write(What.STARTED, event, start, Entry.NONE);
        return start;
    }

    void finished(Event<?> event, long start) {
        write(What.ENDED, event, start, now());
    }

    void failed(Event<?> event, long start) {
        write(What.FAILED, event, start, now());
    }

    private void write(What what, Event<?> event, long start, long end) {
        if (file != null && event.payload() instanceof Envelope<?> envelope && envelope.correlationId() != null) {
            file.append(new Entry(what, process, event.channel(), envelope.aggregateId(),
                    Long.parseLong(envelope.correlationId()), event.position().toString(), nanos(envelope.timestamp()), start,
                    end, event.attempt()).toLine());
        }
    }

    private long now() {
        return epoch + System.nanoTime();
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
    }
}
