package io.eventlane.it.guarantees;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A process that is asked to stop does, in time and of its own accord, and none stops unasked. {@link LeakIT} looks at
 * what a process holds on to while others come and go.
 */
final class NoLeak implements Guarantee {

    /** The JVM's own code is 128 and the signal's number. */
    private static final Set<Integer> CLEAN = Set.of(0, 143);
    /** What the rest of the application may take, on a busy machine. */
    private static final Duration REST = Duration.ofSeconds(10);

    @Override
    public List<String> violations(History history) {
        Duration allowed = history.limits().shutdownTimeout().plus(REST);
        return history.lives().values().stream().flatMap(life -> switch (life.end()) {
            case Life.Killed killed -> Stream.<String> empty();
            case Life.Died died -> Stream.of("leak: %s ended by itself, with %d".formatted(life.name(), died.exitCode()));
            case Life.Stayed stayed -> Stream.of("leak: %s still ran %s after SIGTERM".formatted(life.name(), stayed.waited()));
            case Life.Left left when !CLEAN.contains(left.exitCode()) ->
                Stream.of("leak: %s ended with %d after SIGTERM".formatted(life.name(), left.exitCode()));
            case Life.Left left when left.took().compareTo(allowed) > 0 ->
                Stream.of("leak: %s took %s to end after SIGTERM".formatted(life.name(), left.took()));
            case Life.Left left -> Stream.<String> empty();
        }).toList();
    }
}
