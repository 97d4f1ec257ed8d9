package io.eventlane.channel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which channel reads which topic in which group: of a group, only one can read a topic. */
public final class TopicGroups {

    private record Reading(String group, String topic) {
    }

    private final Map<Reading, IncomingChannel> readers = new HashMap<>();

    /** Adds a channel; returns what is wrong with that, each with the properties' names and the mend. */
    public List<String> add(String group, IncomingChannel channel) {
        List<String> problems = new ArrayList<>();
        for (String topic : channel.topics()) {
            IncomingChannel other = readers.putIfAbsent(new Reading(group, topic), channel);
            if (other != null) {
                problems.add(
                        "%s and %s both read topic %s in group %s, so that each would get only a part of it: give one of them a %s of its own"
                                .formatted(other.property("topic"), channel.property("topic"), topic, group,
                                        channel.property("group.id")));
            }
        }
        return problems;
    }
}
