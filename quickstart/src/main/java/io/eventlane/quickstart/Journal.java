package io.eventlane.quickstart;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import io.eventlane.Envelope;
import io.eventlane.Event;
import io.eventlane.Position;
import io.eventlane.PublishReceipt;
import io.eventlane.PublishReceipt.Status;
import io.eventlane.spi.PublishListener;

/**
 * A record of everything that happened to events, from which a checker that knows nothing of Eventlane computes what
 * was lost, doubled or out of order. It is written only when {@code journal.directory} is set, to one file per
 * process.
 * <p>
 * A line has nine words: what happened ({@code P} published and acknowledged, {@code S} a run started, {@code E} it
 * ended well, {@code F} it failed), the process id, the channel, the key, the number that the load generator gave the
 * event, the event's position, and three times in nanoseconds since 1970: when the event was made, when the run
 * started, and when it ended or the acknowledgement came. What does not apply is {@code -}. Events without a number
 * are not written.
 */
@Singleton
class Journal implements PublishListener {

    private static final String NONE = "-";

    private final @Nullable JournalFile file;
    private final long process = ProcessHandle.current().pid();

    /** What turns {@link System#nanoTime}, which never steps back, into the time of day. */
    private final long epoch = nanos(Instant.now()) - System.nanoTime();

    Journal(@ConfigProperty(name = "journal.directory") Optional<Path> directory) {
        this.file = directory.map(d -> JournalFile.create(d, process)).orElse(null);
    }

    @Override
    public void onReceipts(List<PublishReceipt> receipts) {
        if (file == null) {
            return;
        }
        for (PublishReceipt receipt : receipts) {
            if (receipt.status() == Status.OK) {
                write('P', receipt.channel(), receipt.aggregateId(), NONE, receipt.position(), NONE, NONE,
                        Long.toString(now()));
            }
        }
    }

    /** Returns the time of the start, to be given back at the end of the run. */
    long started(Event<?> event) {
        long start = now();
        write('S', event, start, NONE);
        return start;
    }

    void finished(Event<?> event, long start) {
        write('E', event, start, Long.toString(now()));
    }

    void failed(Event<?> event, long start) {
        write('F', event, start, Long.toString(now()));
    }

    private void write(char what, Event<?> event, long start, String end) {
        if (file != null && event.payload() instanceof Envelope<?> envelope && envelope.correlationId() != null) {
            write(what, event.channel(), envelope.aggregateId(), envelope.correlationId(), event.position(),
                    Long.toString(nanos(envelope.timestamp())), Long.toString(start), end);
        }
    }

    private void write(char what, String channel, @Nullable String key, String number, @Nullable Position position,
            String made, String start, String end) {
        String line = what + " " + process + " " + channel + " " + key + " " + number + " " + position + " " + made + " "
                + start
                + " " + end + "\n";
        if (file != null) {
            file.append(line.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private long now() {
        return epoch + System.nanoTime();
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
    }
}
