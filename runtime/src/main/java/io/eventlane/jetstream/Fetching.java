package io.eventlane.jetstream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.eventlane.channel.ChannelDispatcher;
import io.nats.client.Connection;

/**
 * Decides for how many messages each intake asks: for no more than there is room for in the channel, and none so many that
 * the others go short. For the source's thread.
 * <p>
 * What an intake has asked for counts as held until it has come, since it may come at any time. So each has its share, and
 * an idle one can not keep a busy one waiting.
 */
final class Fetching {

    /** How soon a small request follows another: many small ones cost more than they bring. */
    private static final long SMALL_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** What a message may have beside its payload. */
    private static final long OVERHEAD = 64 * 1_024;

    private final Link link;
    private final int batch;
    private final int maxQueued;
    private final long maxBytes;
    private final ChannelDispatcher dispatcher;
    private long lastSmall = System.nanoTime() - SMALL_AFTER_NANOS;
    private int first;

    Fetching(JetStreamIncoming settings, ChannelDispatcher dispatcher, Link link) {
        this.link = link;
        this.batch = settings.consumer().fetchBatch();
        this.maxQueued = settings.channel().dispatcher().maxQueued();
        this.maxBytes = settings.channel().dispatcher().maxQueuedBytes();
        this.dispatcher = dispatcher;
    }

    void ask(Collection<Intake> intakes, long now) {
        if (intakes.isEmpty()) {
            return;
        }
        long room = dispatcher.hasRoom() ? maxQueued - dispatcher.held() : 0;
        long bytes = maxBytes - dispatcher.heldBytes();
        for (Intake intake : intakes) {
            room -= intake.reserved();
            bytes -= reservedBytes(intake, intakes.size());
        }
        for (Intake intake : inTurn(intakes)) {
            int asked = ask(intake, intakes.size(), room, bytes, now);
            room -= asked;
            bytes -= asked * intake.averageSize();
        }
    }

    private List<Intake> inTurn(Collection<Intake> intakes) {
        List<Intake> all = new ArrayList<>(intakes);
        if (all.size() > 1) {
            first = (first + 1) % all.size();
            Collections.rotate(all, first);
        }
        return all;
    }

    private int ask(Intake intake, int intakes, long room, long bytes, long now) {
        int wanted = intake.wanted(now);
        if (wanted > 0) {
            intake.pull(wanted, orLargest(maxBytes / (2L * intakes)), now);
            return wanted;
        }
        if (!intake.takesMore(now)) {
            return 0;
        }
        int share = (int) Math.max(1, Math.min(Math.min(2 * batch, maxQueued / intakes),
                maxBytes / intakes / intake.averageSize()));
        long fit = Math.max(bytes / intake.averageSize(), intake.reserved() == 0 && dispatcher.held() == 0 ? 1 : 0);
        int most = (int) Math.min(Math.min(batch, share - intake.outstanding()), Math.min(room, fit));
        if (most < 1 || isSmall(most, share) && !mayBeSmall(intake, now)) {
            return 0;
        }
        // They may be larger than any before: two requests of each intake may stand, and all bring what there is room for.
        intake.pull(most, orLargest(Math.max(bytes / (2L * intakes), most * intake.averageSize())), now);
        return most;
    }

    /** Of what an intake keeps, and of what its requests may bring: these are for no more than its share. */
    private long reservedBytes(Intake intake, int intakes) {
        int outstanding = intake.outstanding();
        int kept = intake.reserved() - outstanding;
        return kept * intake.averageSize()
                + Math.min(outstanding * intake.averageSize(), orLargest(maxBytes / intakes));
    }

    private boolean isSmall(int messages, int share) {
        return messages < Math.min(batch, share) / 2;
    }

    private boolean mayBeSmall(Intake intake, long now) {
        if (intake.outstanding() > 0 || now - lastSmall < SMALL_AFTER_NANOS) {
            return false;
        }
        lastSmall = now;
        return true;
    }

    /** The server serves no request that allows for less than its next message. */
    private long orLargest(long bytes) {
        Connection connection = link.connection();
        return Math.max(bytes, (connection == null ? 0 : connection.getMaxPayload()) + OVERHEAD);
    }
}
