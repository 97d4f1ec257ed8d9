package io.eventlane.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.eventlane.brokers.KafkaBroker;
import io.eventlane.journal.Entry;

/** The demo as ./dev runs it, with fewer events: broker, packaged application and checker, each in its process. */
class DemoIT {

    @Test
    void whenNothingIsBroken_thenEveryEventIsHandledOnceAndInOrder() throws Exception {
        Result result = demo("--events=5000", "--keys=200");

        assertThat(result.output).contains("Every event was handled", "5,000 orders");
        assertThat(result.exitCode).isZero();
    }

    @Test
    void whenEventsAreLostOnPurpose_thenTheCheckerFindsThem() throws Exception {
        Result result = demo("--events=5000", "--keys=200", "--break=loss");

        assertThat(result.output).containsPattern("lost +10\n").containsPattern("inversions +0\n");
        assertThat(result.exitCode).isEqualTo(1);
    }

    @Test
    void whenEventsAreSwappedOnPurpose_thenTheCheckerFindsThem() throws Exception {
        Result result = demo("--events=5000", "--keys=20", "--break=order");

        assertThat(result.output).containsPattern("inversions +10\n").containsPattern("lost +0\n");
        assertThat(result.exitCode).isEqualTo(1);
    }

    @Test
    @Tag("wide")
    void whenTheApplicationIsKilledInTheMiddle_thenEveryEventIsHandledInOrder() throws Exception {
        Result result = demo("--events=20000", "--keys=1000", "--kill");

        assertThat(result.output).contains("kill -9").containsPattern("inversions +0\n").containsPattern("lost +0\n");
        assertThat(result.exitCode).isZero();
    }

    private record Result(int exitCode, String output) {
    }

    private static Result demo(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", String.join(File.pathSeparator, codeOf(Demo.class), codeOf(Entry.class), codeOf(KafkaBroker.class)),
                Demo.class.getName()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).directory(new File("..")).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        System.out.println(output);
        return new Result(process.waitFor(), output);
    }

    private static String codeOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
    }
}
