package io.eventlane.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

import io.eventlane.spi.InboundRecord;

/**
 * Ids of events that come of a record. They are the same whenever the same consumer handles the same record, so that a broker
 * which knows an id drops what is sent again, and others for all else.
 *
 * @param consumer names the group and the channel: what two of them make of the same record are two events
 */
public record DerivedId(String consumer) {

    public static DerivedId of(String group, String channel) {
        return new DerivedId(group + '\n' + channel);
    }

    /**
     * @param what tells the events of one record from each other
     */
    public String of(InboundRecord source, String what) {
        // The timestamp tells a topic that was made anew from the old one.
        String name = String.join("\n", consumer, source.position().toString(),
                Long.toString(source.timestamp().toEpochMilli()), what);
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
    }
}
