package io.eventlane.it.guarantees;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.eventlane.journal.Entry;
import io.eventlane.journal.JournalReader;
import io.eventlane.journal.KeyHistory;

/**
 * Runs a scenario: starts the processes, publishes, takes the steps, waits until all is done or nothing happens any
 * more, stops everything, and has the history judged.
 */
final class ScenarioRun {

    /** For how long nothing may happen before what is missing counts as lost, or as stuck. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    /** The same once all is committed: then nothing can come. */
    private static final Duration PATIENCE_WHEN_COMMITTED = Duration.ofSeconds(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(45);

    private final Scenario scenario;
    private final DisturbedBroker broker;
    private final Path directory;
    private final Topics topics;
    private final Map<Integer, Member> members = new TreeMap<>();
    private final List<Outage> outages = new ArrayList<>();
    private final List<Window> resets = new ArrayList<>();
    /** While the broker is out of reach: when it began to be. */
    private Window outOfReach;
    private List<String> uncommitted = List.of();

    private ScenarioRun(Scenario scenario, DisturbedBroker broker, Path directory) {
        this.scenario = scenario;
        this.broker = broker;
        this.directory = directory;
        this.topics = broker.topics("s" + scenario.seed(), scenario);
    }

    /**
     * Prints the plan, runs it, prints how it went.
     *
     * @param broker on which this scenario has not run yet
     */
    static Outcome run(Scenario scenario, DisturbedBroker broker) throws Exception {
        System.out.println("\n" + scenario);
        Path target = Files.createDirectories(Path.of("target/guarantees"));
        Path directory = Files.createTempDirectory(target, "seed-" + scenario.seed() + "-");
        ScenarioRun run = new ScenarioRun(scenario, broker, directory);
        try (run.topics) {
            Outcome outcome = run.run();
            System.out.println(outcome);
            if (outcome.isGood()) {
                delete(directory);
            } else {
                System.out.println("  Journals and logs: " + directory.toAbsolutePath());
            }
            return outcome;
        } finally {
            run.members.values().forEach(Member::kill);
        }
    }

    /** On a broker of its own: what one scenario leaves behind is not to slow the next one down. */
    static Outcome alone(Scenario scenario) throws Exception {
        try (DisturbedBroker broker = scenario.broker().start()) {
            return run(scenario, broker);
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(directory);
    }

    private Outcome run() throws Exception {
        long begin = System.nanoTime();
        topics.create();
        List<Entry> entries;
        long acknowledged;
        if (!scenario.early()) {
            joinAll();
        }
        try (Publisher publisher = new Publisher(scenario, topics.outlet())) {
            publisher.start();
            if (scenario.early()) {
                joinAll();
            }
            takeSteps();
            publisher.await();
            awaitQuiet(publisher);
            entries = new ArrayList<>(publisher.acknowledged());
            acknowledged = entries.size();
        }
        Map<String, Life> lives = stop();
        entries.addAll(JournalReader.read(directory));
        entries.addAll(topics.deadLettered());
        History history = new History(Settings.limits(scenario), KeyHistory.of(entries), lives, List.copyOf(outages),
                List.copyOf(resets), topics.published(), uncommitted, warnings());
        return new Outcome(scenario, acknowledged, history, judge(history), (System.nanoTime() - begin) / 1e9);
    }

    /** Returns when the processes have started with which it begins. */
    private void joinAll() throws Exception {
        for (int process = 1; process <= scenario.processes(); process++) {
            join(process);
        }
        for (Member member : members.values()) {
            member.awaitStarted();
        }
    }

    private static Map<String, List<String>> judge(History history) {
        Map<String, List<String>> violations = new TreeMap<>();
        for (Guarantee guarantee : Guarantee.ALL) {
            List<String> found = guarantee.violations(history);
            if (!found.isEmpty()) {
                violations.put(guarantee.name(), found);
            }
        }
        return violations;
    }

    // The steps

    private void takeSteps() throws Exception {
        long begin = System.nanoTime();
        for (Step step : scenario.steps()) {
            long due = begin + TimeUnit.MILLISECONDS.toNanos(step.atMillis());
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            if (step.process() == 0) {
                meddleWithBroker(step);
            } else {
                take(step);
            }
        }
    }

    private void take(Step step) {
        switch (step.what()) {
            case JOIN -> join(step.process());
            case LEAVE -> members.get(step.process()).leave();
            case KILL -> members.get(step.process()).kill();
            case FREEZE -> members.get(step.process()).freeze();
            case THAW -> members.get(step.process()).thaw();
            case RESTART, RESET, STALL, RESUME, DELETE, STEP_DOWN ->
                throw new IllegalArgumentException("Only for the broker: " + step);
        }
    }

    private void join(int process) {
        String name = "p" + process;
        members.put(process, Member.start(name, scenario.broker().application(), directory,
                Settings.process(scenario, topics, directory, name)));
    }

    private void meddleWithBroker(Step step) throws Exception {
        long before = System.nanoTime();
        switch (step.what()) {
            case DELETE, STEP_DOWN -> topics.disturb(step.what());
            default -> broker.disturb(step.what());
        }
        Window done = new Window(before, System.nanoTime());
        switch (step.what()) {
            case KILL, FREEZE, STALL -> outOfReach = done;
            case RESTART, THAW, RESUME -> outages.add(new Outage(new Window(outOfReach.from(), done.to()),
                    new Window(outOfReach.to(), broker.isWhole(step.what()) ? done.from() : outOfReach.to())));
            case RESET, DELETE, STEP_DOWN -> resets.add(done);
            case JOIN, LEAVE -> throw new IllegalArgumentException("The broker has no group: " + step);
        }
    }

    // The end

    /** Returns when every event is done and committed, or nothing has happened for too long. */
    private void awaitQuiet(Publisher publisher) throws Exception {
        long seen = -1;
        long changed = System.nanoTime();
        while (true) {
            uncommitted = uncommittedNow();
            List<Entry> entries = new ArrayList<>(publisher.acknowledged());
            entries.addAll(JournalReader.read(directory));
            long runs = entries.size();
            if (scenario.deadLetters()) {
                entries.addAll(topics.deadLettered());
            }
            boolean done = KeyHistory.of(entries).values().stream().allMatch(key -> key.lost().isEmpty());
            if (runs != seen) {
                seen = runs;
                changed = System.nanoTime();
            }
            Duration quiet = Duration.ofNanos(System.nanoTime() - changed);
            if (uncommitted.isEmpty() && (done || quiet.compareTo(PATIENCE_WHEN_COMMITTED) > 0)
                    || quiet.compareTo(PATIENCE) > 0) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        }
    }

    private List<String> uncommittedNow() throws InterruptedException {
        try {
            return topics.uncommitted();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return List.of("the broker does not tell what is committed: " + e);
        }
    }

    private List<String> warnings() throws IOException {
        List<String> warnings = new ArrayList<>();
        for (Member member : members.values()) {
            warnings.addAll(member.warnings());
        }
        return warnings;
    }

    private Map<String, Life> stop() throws InterruptedException {
        members.values().forEach(Member::leave);
        Map<String, Life> lives = new HashMap<>();
        for (Member member : members.values()) {
            lives.put(member.name() + ".journal", member.await(STOP_TIMEOUT));
        }
        return lives;
    }
}
