package io.eventlane.it.guarantees;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.eventlane.it.guarantees.Life.Died;
import io.eventlane.it.guarantees.Life.End;
import io.eventlane.it.guarantees.Life.Killed;
import io.eventlane.it.guarantees.Life.Left;
import io.eventlane.it.guarantees.Life.Stayed;

/** One process of the group: the packaged application. For one thread. */
final class Member {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration SIGNAL_TIMEOUT = Duration.ofSeconds(20);
    private static final Pattern WARNING = Pattern.compile(".* (WARN|ERROR) +\\[io\\.eventlane\\..*");
    private static final long NOT_YET = 0;

    private final String name;
    private final Path log;
    private final Process process;
    private final List<Window> freezes = new ArrayList<>();
    private long killed = NOT_YET;
    private long asked = NOT_YET;
    private long frozen = NOT_YET;
    private volatile long gone = NOT_YET;

    private Member(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        process.onExit().thenRun(() -> gone = System.nanoTime());
    }

    /**
     * Starts it; returns before it serves.
     *
     * @param application what is run
     * @param directory where the log is written
     * @param settings of the JVM
     */
    static Member start(String name, Path application, Path directory, List<String> settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(settings);
        command.addAll(List.of("-jar", application.toString()));
        Path log = directory.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile())
                .redirectInput(Redirect.PIPE);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        try {
            return new Member(name, log, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start " + name, e);
        }
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    /** Returns when the application has started. */
    void awaitStarted() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!Files.readString(log).contains("Installed features")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("%s did not start. Its log, %s, says:%n%s".formatted(name, log,
                        Files.readString(log)));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** The lines of its log in which Eventlane warns of something. */
    List<String> warnings() throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(WARNING.asMatchPredicate()).map(line -> name + ": " + line).toList();
        }
    }

    /** SIGKILL. */
    void kill() {
        killed = System.nanoTime();
        process.destroyForcibly();
    }

    /** SIGTERM, unless it is ending anyway. */
    void leave() {
        if (isRunning()) {
            asked = System.nanoTime();
            // Process.destroy() would close its standard input too, for which the application halts.
            process.toHandle().destroy();
        }
    }

    /** SIGSTOP. */
    void freeze() {
        frozen = System.nanoTime();
        signal("STOP");
    }

    /** SIGCONT. */
    void thaw() {
        long before = System.nanoTime();
        signal("CONT");
        freezes.add(new Window(frozen, before));
        frozen = NOT_YET;
    }

    /** Whether nobody has asked it to end. */
    boolean isRunning() {
        return killed == NOT_YET && asked == NOT_YET && process.isAlive();
    }

    /** What was done to it. Waits for its end, and ends it by force when that does not come. */
    Life await(Duration timeout) throws InterruptedException {
        if (frozen != NOT_YET) {
            thaw();
        }
        boolean stayed = !process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (stayed) {
            process.destroyForcibly();
        }
        process.onExit().join();
        return new Life(name, List.copyOf(freezes), end(stayed ? timeout : Duration.ZERO));
    }

    private End end(Duration stayed) {
        if (killed != NOT_YET) {
            return new Killed(killed);
        }
        if (stayed.isPositive()) {
            return new Stayed(stayed);
        }
        return asked == NOT_YET ? new Died(process.exitValue())
                : new Left(asked, process.exitValue(), Duration.ofNanos(Math.max(0, gone - asked)));
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).inheritIO().start();
            if (!kill.waitFor(SIGNAL_TIMEOUT.toSeconds(), TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException("kill -" + signal + " of " + name + " failed. Its log is " + log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not run kill", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending a signal", e);
        }
    }
}
