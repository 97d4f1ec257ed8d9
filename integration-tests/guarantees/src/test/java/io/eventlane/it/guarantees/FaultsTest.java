package io.eventlane.it.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The faults of {@code ./dev faults} can still be put into the code. Whether they are noticed, only that tells. */
class FaultsTest {

    private static final Path FAULTS = Path.of("faults").toAbsolutePath();
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern HEADER = Pattern.compile("Fault: [^.]+\\. Guarantee: (\\w+)\\. Seed: \\d+\\.");

    static List<Path> faults() throws IOException {
        try (Stream<Path> files = Files.walk(FAULTS)) {
            return files.filter(file -> file.toString().endsWith(".patch")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whenAFaultIsPutIntoTheCode_thenItStillApplies(Path fault) throws Exception {
        assumeTrue(Files.exists(ROOT.resolve(".git")), "Needs the sources as git has them");

        assertThat(run("git", "apply", "--check", fault.toString())).as("git apply --check %s", fault).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whenAFaultIsDescribed_thenItSaysWhichGuaranteeItBreaks(Path fault) throws IOException {
        Matcher header = HEADER.matcher(Files.readAllLines(fault).getFirst());

        assertThat(header.matches()).as("%s begins with Fault:, Guarantee:, Seed:", fault).isTrue();
        assertThat(Guarantee.ALL).extracting(Guarantee::name).contains(header.group(1));
    }

    /** What a command says that has nothing to say where all is well. */
    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
