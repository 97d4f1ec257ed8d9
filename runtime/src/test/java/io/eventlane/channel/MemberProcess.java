package io.eventlane.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Runs a member of a group in a process of its own, which writes a line for each start of a handler. */
public final class MemberProcess implements AutoCloseable {

    /**
     * The start of a handler.
     *
     * @param nanoTime of {@link System#nanoTime()}, which all processes of a machine share
     */
    public record Start(long nanoTime, String key, String payload) {
    }

    private final Process process;
    private final Thread reader;
    private final Queue<Start> starts = new ConcurrentLinkedQueue<>();

    /**
     * @param main writes {@code nanoTime key payload} for each start, and ends when its standard input does
     */
    public MemberProcess(Class<?> main, String servers, String topic, int handlerMillis, String... attributes) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-cp", classPath(),
                main.getName(), servers, topic, Integer.toString(handlerMillis)));
        command.addAll(List.of(attributes));
        try {
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader = Thread.ofPlatform().daemon().start(this::read);
    }

    public List<Start> starts() {
        return List.copyOf(starts);
    }

    public int startCount() {
        return starts.size();
    }

    /** Stops it in the middle of what it does; its connections stay open. */
    public void freeze() throws Exception {
        signal("STOP");
    }

    /** Lets it go on; returns when, as {@link System#nanoTime()}. */
    public long thaw() throws Exception {
        long now = System.nanoTime();
        signal("CONT");
        return now;
    }

    /** As {@code kill -9}; returns when it is gone, and all that it wrote was read. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        reader.join();
    }

    private void signal(String signal) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).inheritIO().start().waitFor())
                .isZero();
    }

    private void read() {
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                String[] words = line.split(" ");
                if (words.length == 3 && words[0].matches("-?\\d+")) {
                    starts.add(new Start(Long.parseLong(words[0]), words[1], words[2]));
                } else {
                    System.out.println(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
