package io.eventlane.demo.check;

/**
 * One line of a journal. Times are nanoseconds since 1970; what does not apply is {@link #NONE}.
 *
 * @param process the process that wrote it, unique over the whole journal
 * @param number the event's place among those of its key, and its identity there
 * @param position where the broker put the event
 * @param made when the event was made, before it was published
 * @param start when the run started
 * @param end when the run ended, or the acknowledgement came
 */
record Entry(What what, String process, String channel, String key, long number, String position, long made, long start,
        long end) {

    static final long NONE = -1;

    enum What {
        PUBLISHED('P'),
        STARTED('S'),
        ENDED('E'),
        FAILED('F');

        final char letter;

        What(char letter) {
            this.letter = letter;
        }
    }

    /**
     * @throws IllegalArgumentException when it is not a line of a journal
     */
    static Entry parse(String file, String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 9 || words[0].length() != 1) {
            throw new IllegalArgumentException("Not a line of a journal: " + line);
        }
        return new Entry(what(words[0].charAt(0)), file, words[2], words[3], number(words[4]), words[5], number(words[6]),
                number(words[7]), number(words[8]));
    }

    private static What what(char letter) {
        for (What what : What.values()) {
            if (what.letter == letter) {
                return what;
            }
        }
        throw new IllegalArgumentException("A line of a journal starts with P, S, E or F, not with " + letter);
    }

    private static long number(String word) {
        return word.equals("-") ? NONE : Long.parseLong(word);
    }
}
