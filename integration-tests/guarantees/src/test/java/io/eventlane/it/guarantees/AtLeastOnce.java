package io.eventlane.it.guarantees;

import java.util.ArrayList;
import java.util.List;

import io.eventlane.journal.Run;

/**
 * Every event that the broker has acknowledged to its publisher is handled to the end or dead-lettered, its result is
 * published, and then it is committed. What {@linkplain History#lost ends with its process} is none of these.
 */
final class AtLeastOnce implements Guarantee {

    @Override
    public List<String> violations(History history) {
        List<String> found = new ArrayList<>();
        history.keys().forEach((key, events) -> history.lost(events).forEach(
                position -> found.add("lost: %s (%s) was acknowledged to its publisher and never handled".formatted(key,
                        position))));
        history.events().flatMap(event -> event.runs().stream()).filter(Run::isDone)
                .filter(run -> !history.results().contains(run.position()) && !history.isForgotten(run))
                .forEach(run -> found.add("lost: the result of " + run + ", which was handled"));
        history.uncommitted().forEach(partition -> found.add("stuck: " + partition));
        return found;
    }
}
