package io.eventlane.it.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a process holds on to while another comes and goes and partitions move to and fro. */
@Tag("wide")
class LeakIT {

    /** Keys, a rate, and handlers that leave something in the lanes whenever partitions move; no steps of its own. */
    private static final Scenario SCENARIO = new Scenario(Broker.KAFKA, 0, Scenario.Shape.CLEAN, Scenario.Keys.UNIFORM,
            Scenario.Times.SHORT, 4, 200, 0, false, Scenario.Protocol.COOPERATIVE, false, false, 1, false,
            64, 500, List.of(), 600_000);
    private static final int WARM_UP = 2;
    private static final int CYCLES = 6;
    private static final int MORE_THREADS = 3;
    private static final long MORE_BYTES = 4 << 20;

    @Test
    void whenAnotherProcessComesAndGoes_thenThreadsHeapAndOurObjectsStayAsTheyWere() throws Exception {
        Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target/guarantees")), "leak-");
        try (DisturbedBroker broker = Broker.KAFKA.start();
                Topics topics = broker.topics("leak", SCENARIO);
                Publisher publisher = new Publisher(SCENARIO, topics.outlet())) {
            topics.create();
            Member stays = start("stays", topics, directory);
            publisher.start();
            Held before = null;
            for (int cycle = 0; cycle < WARM_UP + CYCLES; cycle++) {
                if (cycle == WARM_UP) {
                    before = heldOnceItHasAll(stays);
                }
                Member visitor = start("visitor-" + cycle, topics, directory);
                awaitRuns(directory, visitor);
                visitor.leave();
                visitor.await(Settings.limits(SCENARIO).shutdownTimeout());
            }
            Held after = heldOnceItHasAll(stays);
            stays.leave();
            stays.await(Settings.limits(SCENARIO).shutdownTimeout());
            System.out.println("Before " + before + ", after " + after);

            assertThat(after.threads).isLessThanOrEqualTo(before.threads + MORE_THREADS);
            assertThat(after.bytes).isLessThanOrEqualTo(before.bytes + MORE_BYTES);
            assertThat(after.assignments).isEqualTo(SCENARIO.partitions());
        }
    }

    /** A partition that a visitor had comes back a moment after the visitor has gone. */
    private static Held heldOnceItHasAll(Member member) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        Held held = Held.by(member);
        while (held.assignments != SCENARIO.partitions() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(200);
            held = Held.by(member);
        }
        return held;
    }

    private static Member start(String name, Topics topics, Path directory)
            throws IOException, InterruptedException {
        Member member = Member.start(name, SCENARIO.broker().application(), directory,
                Settings.process(SCENARIO, topics, directory, name));
        member.awaitStarted();
        return member;
    }

    private static void awaitRuns(Path directory, Member member) throws IOException, InterruptedException {
        Path journal = directory.resolve(member.name() + ".journal");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (Files.notExists(journal) || Files.size(journal) == 0) {
            assertThat(System.nanoTime()).as("%s gets no event", member.name()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /**
     * @param bytes of live objects: they are counted after a collection
     * @param assignments how many assignments of partitions are live
     */
    private record Held(int threads, long bytes, long assignments) {

        private static final Pattern THREADS = Pattern.compile("^Threads:\\s+(\\d+)", Pattern.MULTILINE);
        private static final Pattern TOTAL = Pattern.compile("^Total\\s+\\d+\\s+(\\d+)", Pattern.MULTILINE);
        private static final Pattern ASSIGNMENTS = Pattern
                .compile("(\\d+)\\s+\\d+\\s+io\\.eventlane\\.kafka\\.AssignedPartition");

        static Held by(Member member) throws IOException, InterruptedException {
            String histogram = jcmd(member, "GC.class_histogram");
            String status = Files.readString(Path.of("/proc/" + member.pid() + "/status"));
            return new Held((int) number(THREADS, status), number(TOTAL, histogram), number(ASSIGNMENTS, histogram));
        }

        private static String jcmd(Member member, String command) throws IOException, InterruptedException {
            Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                    Long.toString(member.pid()), command).redirectErrorStream(true).start();
            String output = new String(jcmd.getInputStream().readAllBytes());
            assertThat(jcmd.waitFor()).as(output).isZero();
            return output;
        }

        private static long number(Pattern pattern, String text) {
            Matcher matcher = pattern.matcher(text);
            assertThat(matcher.find()).as("%s in:%n%s", pattern, text).isTrue();
            return Long.parseLong(matcher.group(1));
        }
    }
}
