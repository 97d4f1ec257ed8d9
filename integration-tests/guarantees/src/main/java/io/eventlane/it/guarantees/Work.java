package io.eventlane.it.guarantees;

/**
 * What an event asks of its handler. It travels as text.
 *
 * @param number the event's place among those of its key
 * @param millis how long a run takes
 * @param failures how many attempts fail before one ends well; {@link #POISON} for all
 */
record Work(long number, int millis, int failures) {

    /** No attempt ever ends well. */
    static final int POISON = Integer.MAX_VALUE;

    /**
     * @throws IllegalArgumentException when it is not the text of an event
     */
    static Work parse(String text) {
        String[] words = text.split(" ", -1);
        if (words.length != 3) {
            throw new IllegalArgumentException("Not an event: " + text);
        }
        return new Work(Long.parseLong(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
    }

    @Override
    public String toString() {
        return number + " " + millis + " " + failures;
    }
}
