package io.eventlane.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.eventlane.engine.Stuck;
import io.eventlane.engine.Verdict;
import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.ChannelStatus.Severity;
import io.eventlane.spi.ChannelStatus.Trouble;
import io.eventlane.spi.InboundRecord;

/** One look at a channel. For the source's thread. */
final class ChannelView {

    /** How many records are named: a person reads it. */
    private static final int MOST_NAMED = 5;

    /** A record that does not get on, with the partition that it holds up. */
    private record Held(AssignedPartition partition, Stuck<InboundRecord> stuck, Instant since) {

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

        Trouble notReady(String what) {
            return new Trouble(Severity.NOT_READY, what, since);
        }
    }

    /** What is said of a record whose handler takes too long. */
    record Overdue(String where, String what) {
    }

    private final SourceChannel channel;
    private final List<Held> failing = new ArrayList<>();
    private final List<Held> late = new ArrayList<>();

    ChannelView(SourceChannel channel) {
        this.channel = channel;
    }

    void look(long now) {
        long startedBefore = now - channel.settings().maxAge().toNanos();
        for (AssignedPartition partition : channel.partitions()) {
            partition.tracker().forEachStuck(startedBefore,
                    stuck -> (stuck.verdict() == null ? late : failing)
                            .add(new Held(partition, stuck, SourceStatus.ago(stuck.since(), now))));
        }
    }

    /**
     * Where a bound is reached, has the first record that is parked there and can go elsewhere do so, with its key. Then
     * the records that queue behind it are no longer held.
     */
    void divertWhereFull() {
        boolean channelFull = !channel.hasRoom();
        for (AssignedPartition partition : channel.partitions()) {
            if (channelFull || partition.tracker().atSpan()) {
                divertOne(partition);
            }
        }
    }

    private void divertOne(AssignedPartition partition) {
        for (Held held : failing) {
            if (held.partition().equals(partition) && held.isParked() && channel.divert(partition.tracker(), held.stuck())) {
                return;
            }
        }
    }

    List<Overdue> overdue() {
        return late.stream().map(held -> new Overdue(held.where(), lateText(held))).toList();
    }

    ChannelStatus status(List<Trouble> more) {
        List<Trouble> troubles = new ArrayList<>(more);
        boolean channelFull = !channel.hasRoom();
        for (AssignedPartition partition : channel.partitions()) {
            Trouble bound = boundReached(partition, channelFull);
            if (bound != null) {
                troubles.add(bound);
            }
        }
        late.stream().limit(MOST_NAMED).forEach(held -> troubles.add(held.notReady(lateText(held))));
        return new ChannelStatus(channel.name(), "kafka", facts(), troubles);
    }

    private @Nullable Trouble boundReached(AssignedPartition partition, boolean channelFull) {
        Held first = failing.stream().filter(held -> held.partition().equals(partition)).findFirst().orElse(null);
        if (first == null) {
            return null;
        }
        if (partition.tracker().isHalted()) {
            return failing.stream()
                    .filter(held -> held.partition().equals(partition) && held.stuck().verdict() instanceof Verdict.Halt)
                    .findFirst()
                    .map(held -> held.notReady(partition + " is not consumed any more (failure-strategy=fail): " + held.why()
                            + ". Mend the cause and restart"))
                    .orElse(null);
        }
        if (partition.tracker().atSpan()) {
            return first.notReady("%s is paused, %d records past its first unfinished one (max-span): %s".formatted(partition,
                    partition.tracker().span(), first.why()));
        }
        return channelFull ? first.notReady("the channel is paused, as full as it may be (max-queued-bytes), behind "
                + first.why()) : null;
    }

    private static String lateText(Held held) {
        return "%s since %s for %s (max-age)".formatted(
                held.stuck().isUnacknowledged() ? "nobody has acknowledged the message" : "the handler has been running",
                held.since(), held.where());
    }

    private Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("group", channel.settings().attributes().getOrDefault("group.id", ""));
        facts.put("partitions", channel.partitions().stream().map(AssignedPartition::toString).sorted()
                .collect(Collectors.joining(", ")));
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
