package io.eventlane.benchmarks.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/** What a number means nothing without. */
public final class Machine {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Machine() {
    }

    /**
     * @param versions of what is measured
     */
    public static String describe(String versions) {
        return String.format("%s: %d cores of %s, load %.2f, %s %s, Java %s %s; %s; JVM options %s",
                LocalDate.now(ZoneOffset.UTC), Runtime.getRuntime().availableProcessors(), processor(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), System.getProperty("os.name"),
                System.getProperty("os.arch"), System.getProperty("java.vendor.version"), Runtime.version(), versions,
                String.join(" ", Fork.JVM_OPTIONS));
    }

    private static String processor() {
        if (!Files.isReadable(CPU_INFO)) {
            return "an unnamed processor";
        }
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("an unnamed processor");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
