package io.eventlane.it.guarantees;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.eventlane.journal.Entry;
import io.eventlane.journal.Entry.What;

/** Topics in the memory of the one process, which connects here and says what becomes of events. */
final class MemoryTopics implements Topics {

    /** How many events are held, and how many may wait for a reader: next to none, which slows publishers down, or plenty. */
    private static final List<Integer> BOUNDS = List.of(20, 4_000);
    /** Until when the process has to have come. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);

    private final String name;
    private final Scenario scenario;
    private final ServerSocket server;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> results = ConcurrentHashMap.newKeySet();
    private final Queue<Entry> letters = new ConcurrentLinkedQueue<>();
    private MemoryOutlet outlet;

    MemoryTopics(String name, Scenario scenario) {
        this.name = name;
        this.scenario = scenario;
        try {
            server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            server.setSoTimeout((int) START_TIMEOUT.toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void create() {
        // They come with the process.
    }

    @Override
    public void configure(Settings settings, String process) {
        settings.add("feed.port", server.getLocalPort());
        settings.add("quarkus.eventlane.outgoing.feed.topic", events());
        settings.add("quarkus.eventlane.outgoing.feed.max-inflight-messages", bound());
        settings.add("quarkus.eventlane.incoming.published-results.topic", results());
        settings.add("quarkus.eventlane.incoming.letters.topic", deadLetters());
        settings.ofChannel("max-queued", bound());
    }

    /** It changes from one scenario of a shape to the next. */
    private int bound() {
        long ofShape = scenario.seed() / Scenario.Shape.values().length;
        return BOUNDS.get((int) Math.floorMod(ofShape, (long) BOUNDS.size()));
    }

    @Override
    public Outlet outlet() {
        try {
            outlet = new MemoryOutlet(server.accept(), this::hear);
            return outlet;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void hear(String[] words) {
        switch (words[0]) {
            case "acknowledged" -> acknowledged.add(words[2]);
            case "result" -> results.add(words[1]);
            case "letter" -> letters.add(new Entry(What.DEAD_LETTERED, deadLetters(), "events", words[1],
                    Long.parseLong(words[2]), words[3], Entry.NONE, Entry.NONE, Entry.NONE, Entry.NONE));
            default -> {
                // It concerns the publisher alone.
            }
        }
    }

    @Override
    public void disturb(Step.What what) {
        throw new IllegalArgumentException("Not for topics in memory: " + what);
    }

    /** Nothing is committed in memory: what has neither a result nor a dead letter yet, and may still get one. */
    @Override
    public List<String> uncommitted() {
        if (outlet.isEnded()) {
            return List.of();
        }
        Set<String> open = new HashSet<>(acknowledged);
        open.removeAll(results);
        letters.forEach(letter -> open.remove(letter.position()));
        return open.isEmpty() ? List.of() : List.of(open.size() + " events have neither a result nor a dead letter");
    }

    @Override
    public Set<String> published() {
        return Set.copyOf(results);
    }

    @Override
    public List<Entry> deadLettered() {
        return List.copyOf(letters);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
