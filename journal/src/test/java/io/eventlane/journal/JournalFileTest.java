package io.eventlane.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {

    private static final int WRITERS = 8;
    private static final int LINES = 30_000;

    @TempDir
    Path directory;

    @Test
    void whenManyThreadsAppendBeyondAChunk_thenEveryLineIsWholeAndThere() throws IOException {
        JournalFile journal = JournalFile.create(directory, "one");

        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            for (int writer = 0; writer < WRITERS; writer++) {
                int id = writer;
                threads.execute(() -> IntStream.range(0, LINES).forEach(line -> journal.append(line(id, line))));
            }
        }

        List<String> lines = linesOfTheOnlyFile();
        assertThat(lines).hasSize(WRITERS * LINES).doesNotHaveDuplicates()
                .allMatch(line -> line.matches("writer \\d line \\d+ x{40}"));
    }

    @Test
    void whenALineWasAppended_thenAnotherReaderOfTheFileSeesItAtOnce() throws IOException {
        JournalFile journal = JournalFile.create(directory, "one");

        journal.append(line(1, 1));

        assertThat(linesOfTheOnlyFile()).containsExactly(new String(line(1, 1), StandardCharsets.US_ASCII).strip());
    }

    private static byte[] line(int writer, int line) {
        return ("writer " + writer + " line " + line + " " + "x".repeat(40) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private List<String> linesOfTheOnlyFile() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            String text = Files.readString(files.findFirst().orElseThrow(), StandardCharsets.US_ASCII);
            return Stream.of(text.split("[\n\0]+")).toList();
        }
    }
}
