package io.eventlane.memory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jboss.logging.Logger;

import io.eventlane.channel.ChannelDispatcher;
import io.eventlane.channel.ChannelView;
import io.eventlane.channel.ConsumedLog;
import io.eventlane.engine.CompletionTracker;
import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.ChannelStatus.Trouble;
import io.eventlane.spi.InboundRecord;

/** What a channel reads. For the source's thread. */
final class MemoryChannel {

    private static final Logger LOG = Logger.getLogger(MemoryChannel.class);
    /** How many events of a topic are taken before it is the next one's turn. */
    private static final int BATCH = 256;

    private record Reading(TopicReader reader, ConsumedLog log) {
    }

    private final String group;
    private final ChannelDispatcher dispatcher;
    private final ChannelView view;
    private final List<Reading> readings = new ArrayList<>();

    MemoryChannel(String group, ChannelDispatcher dispatcher, MemoryTopics topics) {
        this.group = group;
        this.dispatcher = dispatcher;
        this.view = new ChannelView("memory", dispatcher);
        dispatcher.settings().topics()
                .forEach(topic -> readings.add(new Reading(topics.topic(topic).reader(), dispatcher.track(topic))));
    }

    /** Takes what is there, as far as there is room; returns whether there was anything. */
    boolean take() {
        boolean took = false;
        for (Reading reading : readings) {
            took |= take(reading.reader(), reading.log());
        }
        if (took) {
            dispatcher.flush();
        }
        return took;
    }

    private boolean take(TopicReader reader, ConsumedLog log) {
        int taken = 0;
        while (taken < BATCH && dispatcher.hasRoom() && !log.mustPause()) {
            Stored event = reader.peek();
            if (event == null) {
                break;
            }
            MemoryInboundRecord record = new MemoryInboundRecord(reader.topic().name(), event);
            log.submit(event.offset, record.laneKey(), record.size(), record);
            reader.pass(event);
            taken++;
        }
        if (taken > 0) {
            reader.release();
        }
        return taken > 0;
    }

    void housekeep() {
        dispatcher.housekeep();
    }

    ChannelStatus look(List<Trouble> troubles) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("group", group);
        facts.put("topics", String.join(", ", dispatcher.settings().topics()));
        facts.put("waiting", waiting());
        return view.look(facts, troubles);
    }

    private long waiting() {
        return readings.stream().mapToLong(reading -> reading.reader().behind()).sum();
    }

    // The end

    List<CompletionTracker<InboundRecord>> trackers() {
        return readings.stream().map(reading -> reading.log().tracker()).toList();
    }

    /** Gives up what still runs, and tells what is lost with the application. */
    void end() {
        for (Reading reading : readings) {
            CompletionTracker<InboundRecord> tracker = reading.log().tracker();
            if (!tracker.isDrained()) {
                LOG.warnf("Channel '%s': handlers were running at the end, or their acknowledgement was missing, for the events"
                        + " of topic %s at the offsets %s. They were interrupted", dispatcher.name(), reading.log(),
                        tracker.abandon());
            }
            reading.reader().topic().remove(reading.reader());
        }
        long lost = waiting() + readings.stream().mapToLong(reading -> reading.log().tracker().unfinished()).sum();
        if (lost > 0) {
            LOG.warnf("Channel '%s': %d events were not handled. Topics in memory end with the application",
                    dispatcher.name(), lost);
        }
    }
}
