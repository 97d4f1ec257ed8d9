package io.eventlane.jetstream;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import io.eventlane.Position;
import io.eventlane.channel.Parallel;
import io.eventlane.spi.Outbound;
import io.eventlane.spi.OutboundRecord;

/**
 * What the replays of an application share: channels of a group may replay the same letters, of which one waits for the other;
 * and what a replay has sent when the application ends gets an answer all the same. Safe for any thread.
 */
final class Replays {

    private final Map<String, ReentrantLock> consumers = new ConcurrentHashMap<>();
    private final Set<Outbound> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Held by the replay that runs with the consumer. */
    ReentrantLock of(String stream, String consumer) {
        return consumers.computeIfAbsent(stream + '\n' + consumer, name -> new ReentrantLock());
    }

    /** @return the same for a replay, which is closed by it or with all others */
    Outbound add(Outbound outbound) {
        Outbound added = new OfReplay(outbound);
        open.add(added);
        if (closed) {
            added.close(Duration.ZERO);
        }
        return added;
    }

    /** Closes what they send to: what has no answer by then fails, and so does what is sent from then on. Idempotent. */
    void close(Duration deadline) {
        closed = true;
        Parallel.forEach(open, "eventlane-jetstream-close", outbound -> outbound.close(deadline));
    }

    private final class OfReplay implements Outbound {

        private final Outbound outbound;

        OfReplay(Outbound outbound) {
            this.outbound = outbound;
        }

        @Override
        public CompletionStage<Position> send(OutboundRecord record) {
            return outbound.send(record);
        }

        @Override
        public CompletionStage<Position> trySend(OutboundRecord record) {
            return outbound.trySend(record);
        }

        @Override
        public void close(Duration deadline) {
            outbound.close(deadline);
            open.remove(this);
        }
    }
}
