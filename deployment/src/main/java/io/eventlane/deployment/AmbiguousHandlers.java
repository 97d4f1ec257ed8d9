package io.eventlane.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** Finds the events of a channel that more than one handler would take. */
final class AmbiguousHandlers {

    private AmbiguousHandlers() {
    }

    static List<Problem> find(List<Handler> handlers) {
        Map<String, List<Handler>> byChannel = new TreeMap<>();
        for (Handler handler : handlers) {
            handler.incoming().forEach(channel -> byChannel.computeIfAbsent(channel, any -> new ArrayList<>()).add(handler));
        }
        List<Problem> problems = new ArrayList<>();
        byChannel.forEach((channel, ofChannel) -> find(channel, ofChannel, problems));
        return problems;
    }

    private static void find(String channel, List<Handler> handlers, List<Problem> problems) {
        Map<String, Handler> typed = new TreeMap<>();
        Handler untyped = null;
        for (Handler handler : handlers) {
            String type = handler.eventType();
            Handler other = type == null ? untyped : typed.putIfAbsent(type, handler);
            if (other != null) {
                problems.add(problem(channel, type, handler, other));
            } else if (type == null) {
                untyped = handler;
            }
        }
    }

    private static Problem problem(String channel, @Nullable String type, Handler handler, Handler other) {
        String events = type == null ? "all events without a handler of their type" : "the events of type \"" + type + "\"";
        return new Problem(Rule.AMBIGUOUS_HANDLERS, handler.description(),
                "both it and " + other.description() + " handle " + events + " of channel \"" + channel + "\"",
                "Give each handler an @EventType of its own, or do the work in one handler");
    }
}
