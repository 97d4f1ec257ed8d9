package io.eventlane.journal;

import java.nio.charset.StandardCharsets;

/**
 * One line of a journal: ten words, in the order of the components. Times are nanoseconds on a clock that all who write
 * to the journal share; a number that does not apply is {@link #NONE}, written as {@code -}.
 *
 * @param process who wrote it: in a file the process id, once read the name of the file, which is unique over the
 *        whole journal
 * @param key without blanks
 * @param number the event's place among those of its key, and its identity there
 * @param position where the broker put the event: the topic, the partition and, behind an {@code @}, the offset
 * @param made when the event was made, before it was published
 * @param start when the run started
 * @param end when the run ended, or the acknowledgement came
 * @param attempt which run of the event this was in its process, from 1
 */
public record Entry(What what, String process, String channel, String key, long number, String position, long made,
        long start, long end, long attempt) {

    public static final long NONE = -1;

    private static final int WORDS = 10;

    /** What happened. */
    public enum What {
        /** The broker acknowledged it to its publisher. */
        PUBLISHED('P'),
        /** A run started. */
        STARTED('S'),
        /** A run ended well. */
        ENDED('E'),
        /** A run failed. */
        FAILED('F'),
        /** It stands in a dead-letter topic: no more runs are due. */
        DEAD_LETTERED('D');

        final char letter;

        What(char letter) {
            this.letter = letter;
        }
    }

    /** The line with its line feed, for {@link JournalFile#append}. */
    public byte[] toLine() {
        String line = what.letter + " " + process + " " + channel + " " + key + " " + word(number) + " " + position + " "
                + word(made) + " " + word(start) + " " + word(end) + " " + word(attempt) + "\n";
        return line.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * @throws IllegalArgumentException when it is not a line of a journal
     */
    static Entry parse(String file, String line) {
        String[] words = line.split(" ", -1);
        if (words.length != WORDS || words[0].length() != 1) {
            throw new IllegalArgumentException("Not a line of a journal: " + line);
        }
        return new Entry(what(words[0].charAt(0)), file, words[2], words[3], number(words[4]), words[5], number(words[6]),
                number(words[7]), number(words[8]), number(words[9]));
    }

    private static What what(char letter) {
        for (What what : What.values()) {
            if (what.letter == letter) {
                return what;
            }
        }
        throw new IllegalArgumentException("A line of a journal starts with P, S, E, F or D, not with " + letter);
    }

    private static String word(long number) {
        return number == NONE ? "-" : Long.toString(number);
    }

    private static long number(String word) {
        return word.equals("-") ? NONE : Long.parseLong(word);
    }
}
