package io.eventlane.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.eventlane.demo.check.Checker;
import io.eventlane.demo.check.Report;
import io.eventlane.journal.JournalReader;

/** One run of the demo. */
final class Demo {

    private static final int BURST = 2_000;
    private static final String CHANNEL = "orders";

    /** The incoming channels of the quickstart, with topics of the same names. */
    static final List<String> CHANNELS = List.of(CHANNEL, "notifications");

    private static final Duration POLL = Duration.ofMillis(250);

    /** For how long nothing may happen before what is missing counts as lost; a killed member is missed for a while. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PATIENCE_AFTER_KILL = Duration.ofSeconds(90);

    /** For how long nothing may happen before what looks complete is. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private final Options options;
    private final Path directory;
    private final CompletableFuture<Void> restarted = new CompletableFuture<>();

    private Demo(Options options, Path directory) {
        this.options = options;
        this.directory = directory;
    }

    /**
     * Ends with 0 when nothing was lost, doubled or out of order, with 1 when something was, with 2 when it could not
     * be found out.
     *
     * @param args see {@link Options}
     */
    public static void main(String[] args) throws Exception {
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n\n" + Options.USAGE);
            System.exit(2);
            return;
        }
        Path target = Files.createDirectories(Path.of("demo/target"));
        int exitCode = 2;
        try {
            exitCode = new Demo(options, Files.createTempDirectory(target, "run-")).run();
        } catch (IllegalStateException | CompletionException e) {
            System.err.println(e.getMessage());
        }
        System.exit(exitCode);
    }

    private int run() throws IOException, InterruptedException {
        System.out.printf("%n  %,d events over %,d orders. Journal and log: %s%n", options.events(), options.keys(), directory);
        try (Broker broker = Broker.start(options);
                Application application = new Application(options, broker, directory)) {
            System.out.println("  " + broker.description());
            application.start();
            CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> publish(application),
                    Thread::startVirtualThread);
            watch(application, publishing);
        }
        return judge(Checker.check(directory));
    }

    private void publish(Application application) {
        try {
            int next = 0;
            long acknowledged = 0;
            while (acknowledged < options.events()) {
                int burst = (int) Math.min(BURST, options.events() - acknowledged);
                try {
                    application.burst(next, burst, options.keys());
                    acknowledged += burst;
                } catch (IOException e) {
                    acknowledged = acknowledgedBeforeKill(e);
                }
                next += burst;
            }
        } catch (IOException e) {
            throw new CompletionException("The application went away: see its log in " + directory, e);
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private long acknowledgedBeforeKill(IOException cause) throws IOException {
        if (!options.kill()) {
            throw cause;
        }
        restarted.join();
        return Checker.check(directory).acknowledged().getOrDefault(CHANNEL, 0L);
    }

    /** Returns when every event was handled, or nothing has happened for too long. */
    private void watch(Application application, CompletableFuture<Void> publishing) throws IOException, InterruptedException {
        ProgressBar bar = new ProgressBar("handled", options.events());
        long handled = 0;
        long changed = System.nanoTime();
        while (true) {
            long now = JournalReader.ended(directory, CHANNEL);
            if (now != handled || !publishing.isDone()) {
                handled = now;
                changed = System.nanoTime();
            }
            bar.update(handled);
            if (options.kill() && !restarted.isDone() && handled >= options.events() * 2L / 5) {
                restart(application, bar);
            }
            Duration quiet = Duration.ofNanos(System.nanoTime() - changed);
            if (quiet.compareTo(options.kill() ? PATIENCE_AFTER_KILL : PATIENCE) > 0
                    || quiet.compareTo(SETTLED) > 0 && isComplete(Checker.check(directory))) {
                break;
            }
            Thread.sleep(POLL);
        }
        bar.end();
        publishing.join();
    }

    private void restart(Application application, ProgressBar bar) throws IOException, InterruptedException {
        application.kill();
        bar.end();
        System.out.println("  kill -9: the application is gone. Starting it again.");
        application.start();
        restarted.complete(null);
    }

    private static boolean isComplete(Report report) {
        return report.lost() == 0 && report.handled() == report.total();
    }

    private int judge(Report report) {
        System.out.println();
        Checker.print(report);
        boolean good = report.isGood(options.kill()) && report.events().getOrDefault(CHANNEL, 0L) >= options.events();
        System.out.println();
        if (options.sabotage().isPresent()) {
            System.out.println(good ? "  The checker did not notice what was broken." : "  Broken on purpose, and noticed.");
            return good ? 2 : 1;
        }
        System.out.println(good ? "  Every event was handled, in the order of its key." : "  The promise was broken.");
        return good ? 0 : 1;
    }
}
