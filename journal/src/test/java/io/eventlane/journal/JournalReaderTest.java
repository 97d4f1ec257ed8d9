package io.eventlane.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.eventlane.journal.Entry.What;

class JournalReaderTest {

    private final List<Entry> entries = new ArrayList<>();

    @Test
    void whenAJournalEndsInTheMiddleOfLines_thenWhatIsWholeIsRead() {
        String line = "S 17 orders order-1 %d orders-0@%d 5 10 - 1\n";
        String torn = "\0" + line.formatted(2, 2).substring(1);
        String cut = "\0" + line.formatted(3, 3).substring(1, 9) + "\0\0\0";
        String journal = line.formatted(1, 1) + torn + cut + line.formatted(4, 4) + "\0\0\0\0";

        JournalReader.read("a", journal.getBytes(StandardCharsets.US_ASCII), entries);

        assertThat(entries).extracting(Entry::number).containsExactly(1L, 4L);
    }

    @Test
    void whenRunsAreCounted_thenOnlyThoseOfTheChannelThatEndedWellAre(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("a.journal"), """
                S 17 orders order-1 1 orders-0@1 5 10 - 1
                E 17 orders order-1 1 orders-0@1 5 10 20 1
                F 17 orders order-1 2 orders-0@2 5 10 20 1
                E 17 notifications order-1 1 notifications-0@1 5 10 20 1
                E 17 orders order-2 3 orders-0@3 5 10 20 1
                """);

        assertThat(JournalReader.ended(directory, "orders")).isEqualTo(2);
    }

    @Test
    void whenALineIsNotOfAJournal_thenReadingFails() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JournalReader.read("a", "Something else\n".getBytes(StandardCharsets.US_ASCII), entries))
                .withMessageContaining("Something else");
    }

    @Test
    void whenAnEntryIsWritten_thenItIsReadAsItWas(@TempDir Path directory) throws IOException {
        Entry entry = new Entry(What.FAILED, "17", "orders", "order-1", 3, "orders-0@4", Entry.NONE, 5, 6, 7);

        JournalFile.create(directory, "a").append(entry.toLine());

        assertThat(JournalReader.read(directory)).containsExactly(new Entry(What.FAILED, "a.journal", "orders", "order-1", 3,
                "orders-0@4", Entry.NONE, 5, 6, 7));
    }
}
