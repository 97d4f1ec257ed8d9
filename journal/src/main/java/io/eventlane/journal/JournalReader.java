package io.eventlane.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Reads the journals of all processes that wrote to a directory. A byte of 0 ends a line like a line feed does; what
 * is then no line with its first letter was being written when its process died, and is passed over.
 */
public final class JournalReader {

    private JournalReader() {
    }

    /** All lines, in the order of the files that they are in. */
    public static List<Entry> read(Path directory) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path file : journals(directory)) {
            read(String.valueOf(file.getFileName()), Files.readAllBytes(file), entries);
        }
        return entries;
    }

    static void read(String file, byte[] journal, List<Entry> entries) {
        forEachLine(journal, (begin, end) -> entries.add(
                Entry.parse(file, new String(journal, begin, end - begin, StandardCharsets.US_ASCII))));
    }

    /** How many runs of a channel have ended well so far: cheap enough to be asked again and again. */
    public static long ended(Path directory, String channel) throws IOException {
        byte[] word = (" " + channel + " ").getBytes(StandardCharsets.US_ASCII);
        AtomicLong ended = new AtomicLong();
        for (Path file : journals(directory)) {
            byte[] journal = Files.readAllBytes(file);
            forEachLine(journal, (begin, end) -> {
                if (journal[begin] == Entry.What.ENDED.letter && isWordAfterProcess(journal, begin, word)) {
                    ended.incrementAndGet();
                }
            });
        }
        return ended.get();
    }

    private static boolean isWordAfterProcess(byte[] journal, int begin, byte[] word) {
        int at = begin + 2;
        while (journal[at] != ' ') {
            at++;
        }
        return Arrays.equals(journal, at, at + word.length, word, 0, word.length);
    }

    private static List<Path> journals(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".journal")).sorted().toList();
        }
    }

    private static void forEachLine(byte[] journal, LineVisitor visitor) {
        int begin = 0;
        for (int i = 0; i < journal.length; i++) {
            if (journal[i] == '\n' && i > begin && Character.isUpperCase(journal[begin])) {
                visitor.visit(begin, i);
            }
            if (journal[i] == '\n' || journal[i] == 0) {
                begin = i + 1;
            }
        }
    }

    @FunctionalInterface
    private interface LineVisitor {

        void visit(int begin, int end);
    }
}
