package io.eventlane.runtime.failure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.eventlane.DeadLetter;
import io.eventlane.Position;
import io.eventlane.Replay;
import io.eventlane.channel.DeadLetterReplay.Sorter;
import io.eventlane.channel.DeadLetterReplay.Way;
import io.eventlane.runtime.failure.LetterHeaders.Origin;
import io.eventlane.spi.InboundRecord;

/**
 * Sends letters back to where they were published, and releases their keys. For one replay, and its thread.
 */
final class LetterSorter implements Sorter {

    private static final Logger LOG = Logger.getLogger("io.eventlane");

    private final String channel;
    private final Predicate<DeadLetter> wanted;
    private final Quarantine quarantine;
    /** The first letters of keys that are kept out, on their way. */
    private final Set<InboundRecord> returning = new HashSet<>();
    /** Of these keys a letter has been on its way: one that came back meanwhile, because it failed again, stays out. */
    private final Set<ByteBuffer> released = new HashSet<>();

    private long sentBack;
    private long refused;
    private long foreign;

    LetterSorter(String channel, Predicate<DeadLetter> wanted, Quarantine quarantine) {
        this.channel = channel;
        this.wanted = wanted;
        this.quarantine = quarantine;
    }

    @Override
    public Way sort(InboundRecord letter) {
        LetterHeaders headers = LetterHeaders.of(letter);
        Origin origin = headers.origin();
        if (origin == null) {
            foreign++;
            LOG.warnf("Channel '%s': the record at %s is no dead letter of Eventlane's and is passed over", channel,
                    letter.position());
            return new Way.Pass();
        }
        return wanted.test(letter(letter, headers, origin)) ? new Way.To(origin.topic(), origin.partition(), headers.own())
                : new Way.Stay();
    }

    private DeadLetter letter(InboundRecord letter, LetterHeaders headers, Origin origin) {
        Map<String, List<String>> own = new LinkedHashMap<>();
        headers.own().forEach(header -> own.computeIfAbsent(header.getKey(), name -> new ArrayList<>())
                .add(header.getValue() == null ? "" : new String(header.getValue(), UTF_8)));
        byte[] key = letter.key();
        return new DeadLetter(channel, new Position(origin.topic(), origin.partition(), origin.offset()),
                key == null ? null : new String(key, UTF_8), own, headers.reason(), headers.exception(), headers.when(),
                letter.payload());
    }

    @Override
    public void sending(InboundRecord letter, Way way) {
        byte[] key = letter.laneKey();
        if (key != null && way instanceof Way.To && !released.contains(ByteBuffer.wrap(key)) && quarantine.returning(letter)) {
            released.add(ByteBuffer.wrap(key));
            returning.add(letter);
        }
    }

    @Override
    public void sent(InboundRecord letter, Way way, @Nullable Position at) {
        if (returning.remove(letter)) {
            quarantine.returned(letter, at);
        }
        if (at != null && way instanceof Way.To) {
            sentBack++;
        } else if (at != null) {
            refused++;
        }
    }

    /** Nobody will tell what became of the letters that are still on their way. */
    void end() {
        returning.forEach(letter -> quarantine.returned(letter, null));
        returning.clear();
    }

    Replay done() {
        return new Replay(sentBack, refused, foreign);
    }
}
