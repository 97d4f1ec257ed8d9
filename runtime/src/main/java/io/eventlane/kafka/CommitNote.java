package io.eventlane.kafka;

import java.util.Base64;
import java.util.BitSet;

import org.jspecify.annotations.Nullable;

/**
 * What is committed beside the offset of a partition, as a text.
 *
 * @param partitions how many partitions the topic had when the group began to read this one; see {@link StartOffsets}
 * @param completed what is done above the offset; {@code null} when nothing is
 */
record CommitNote(int partitions, @Nullable CompletedOffsets completed) {

    /** Of an offset that somebody else has committed. */
    static final CommitNote UNKNOWN = new CommitNote(0, null);

    private static final String PREFIX = "eventlane-1";
    private static final String SEPARATOR = " ";

    String encode() {
        String note = PREFIX + SEPARATOR + partitions;
        return completed == null ? note
                : String.join(SEPARATOR, note, Long.toString(completed.mark()), Integer.toString(completed.leaderEpoch()),
                        Base64.getEncoder().withoutPadding().encodeToString(completed.done().toByteArray()));
    }

    /**
     * @param text anything that somebody has committed
     */
    static CommitNote decode(String text) {
        String[] words = text.split(SEPARATOR, -1);
        if (!words[0].equals(PREFIX) || words.length != 2 && words.length != 5) {
            return UNKNOWN;
        }
        try {
            return new CommitNote(Integer.parseInt(words[1]), words.length == 2 ? null
                    : new CompletedOffsets(Long.parseLong(words[2]), Integer.parseInt(words[3]),
                            BitSet.valueOf(Base64.getDecoder().decode(words[4]))));
        } catch (IllegalArgumentException e) {
            return UNKNOWN;
        }
    }

    CommitNote with(@Nullable CompletedOffsets nowCompleted) {
        return new CommitNote(partitions, nowCompleted);
    }
}
