package io.eventlane.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.eventlane.engine.Stuck;
import io.eventlane.engine.Verdict;
import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.ChannelStatus.Severity;
import io.eventlane.spi.ChannelStatus.Trouble;
import io.eventlane.spi.InboundRecord;

/**
 * Looks at a channel: what fails or takes too long there, and what that holds up. It looks at every record that is held:
 * not for each turn of a loop, but about once a second. For the source's thread.
 */
public final class ChannelView {

    private static final Logger LOG = Logger.getLogger(ChannelView.class);
    /** How many records are named: a person reads it. */
    private static final int MOST_NAMED = 5;

    private final String connector;
    private final ChannelDispatcher channel;
    /** Where a handler took too long at the last look. */
    private Set<String> overdue = Set.of();

    /**
     * @param connector its name, such as {@code kafka}
     */
    public ChannelView(String connector, ChannelDispatcher channel) {
        this.connector = connector;
        this.channel = channel;
    }

    public ChannelDispatcher channel() {
        return channel;
    }

    /**
     * One look. Where a bound is reached, it has the first record that is parked there and can go elsewhere do so, with
     * its key: then the records that queue behind it are no longer held. Logs what takes too long since this look.
     *
     * @param facts what the connector has to say, in order
     * @param troubles what the connector finds wrong
     */
    public ChannelStatus look(Map<String, Object> facts, List<Trouble> troubles) {
        Look look = new Look(System.nanoTime());
        look.divertWhereFull();
        logOverdue(look.late);
        return look.status(facts, troubles);
    }

    private void logOverdue(List<Held> late) {
        Set<String> now = new HashSet<>();
        for (Held held : late) {
            now.add(held.where());
            if (!overdue.contains(held.where())) {
                LOG.warnf("Channel '%s': %s", channel.name(), held.late());
            }
        }
        overdue = now;
    }

    /**
     * When something happened.
     *
     * @param nanoTime as {@link System#nanoTime()}
     * @param now the same of now
     */
    public static Instant ago(long nanoTime, long now) {
        return Instant.now().minusNanos(now - nanoTime);
    }

    /** A record that does not get on, with the log that it holds up. */
    private record Held(ConsumedLog log, Stuck<InboundRecord> stuck, Instant since) {

        boolean isParked() {
            return stuck.verdict() instanceof Verdict.Park;
        }

        String where() {
            InboundRecord record = stuck.record();
            byte[] key = record.key();
            return (key == null ? "the event" : "key '" + new String(key, UTF_8) + "'") + " at " + record.position();
        }

        String why() {
            return "%s, failed %d times: %s".formatted(where(), stuck.failures(), stuck.cause());
        }

        String late() {
            return "%s since %s for %s (max-age)".formatted(
                    stuck.isUnacknowledged() ? "nobody has acknowledged the message" : "the handler has been running",
                    since, where());
        }

        Trouble notReady(String what) {
            return new Trouble(Severity.NOT_READY, what, since);
        }
    }

    /** What there is at one moment. */
    private final class Look {

        private final List<Held> failing = new ArrayList<>();
        private final List<Held> late = new ArrayList<>();

        Look(long now) {
            long startedBefore = now - channel.settings().maxAge().toNanos();
            for (ConsumedLog log : channel.logs()) {
                log.tracker().forEachStuck(startedBefore,
                        stuck -> (stuck.verdict() == null ? late : failing).add(new Held(log, stuck, ago(stuck.since(), now))));
            }
        }

        void divertWhereFull() {
            boolean channelFull = !channel.hasRoom();
            for (ConsumedLog log : channel.logs()) {
                if (channelFull || log.tracker().atSpan()) {
                    divertOne(log);
                }
            }
        }

        private void divertOne(ConsumedLog log) {
            for (Held held : failing) {
                if (held.log().equals(log) && held.isParked() && channel.divert(log, held.stuck())) {
                    return;
                }
            }
        }

        ChannelStatus status(Map<String, Object> ofConnector, List<Trouble> more) {
            List<Trouble> troubles = new ArrayList<>(more);
            boolean channelFull = !channel.hasRoom();
            for (ConsumedLog log : channel.logs()) {
                Trouble bound = boundReached(log, channelFull);
                if (bound != null) {
                    troubles.add(bound);
                }
            }
            late.stream().limit(MOST_NAMED).forEach(held -> troubles.add(held.notReady(held.late())));
            return new ChannelStatus(channel.name(), connector, facts(ofConnector), troubles);
        }

        private @Nullable Trouble boundReached(ConsumedLog log, boolean channelFull) {
            List<Held> here = failing.stream().filter(held -> held.log().equals(log)).toList();
            if (here.isEmpty()) {
                return null;
            }
            Held first = here.getFirst();
            if (log.tracker().isHalted()) {
                return here.stream().filter(held -> held.stuck().verdict() instanceof Verdict.Halt).findFirst()
                        .map(held -> held.notReady(log + " is not consumed any more (failure-strategy=fail): " + held.why()
                                + ". Mend the cause and restart"))
                        .orElse(null);
            }
            if (log.tracker().atSpan()) {
                return first.notReady("%s is paused, %d records past its first unfinished one (max-span): %s".formatted(log,
                        log.tracker().span(), first.why()));
            }
            return channelFull ? first.notReady("the channel is paused, as full as it may be (max-queued-bytes), behind "
                    + first.why()) : null;
        }

        private Map<String, Object> facts(Map<String, Object> ofConnector) {
            Map<String, Object> facts = new LinkedHashMap<>(ofConnector);
            facts.put("running", channel.running());
            facts.put("held", channel.held());
            facts.put("failing", failing.size());
            List<Held> parked = failing.stream().filter(Held::isParked).toList();
            facts.put("parked", parked.size());
            for (int i = 0; i < Math.min(MOST_NAMED, parked.size()); i++) {
                facts.put("parked." + (i + 1), parked.get(i).why() + ", since " + parked.get(i).since());
            }
            return facts;
        }
    }
}
