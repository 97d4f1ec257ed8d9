package io.eventlane.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.eventlane.brokers.KafkaBroker;
import io.eventlane.journal.Entry;

/**
 * The demo as ./dev runs it: broker, packaged application and checker, each in its process.
 *
 * @param output what it printed, which stands in the test's output too
 */
record DemoRun(int exitCode, String output) {

    static DemoRun of(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", String.join(File.pathSeparator, codeOf(Demo.class), codeOf(Entry.class), codeOf(KafkaBroker.class)),
                Demo.class.getName()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).directory(new File("..")).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        System.out.println(output);
        return new DemoRun(process.waitFor(), output);
    }

    private static String codeOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
    }
}
