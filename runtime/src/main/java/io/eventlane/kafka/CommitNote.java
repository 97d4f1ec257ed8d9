package io.eventlane.kafka;

import java.util.Base64;
import java.util.BitSet;

import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * What is committed beside the offset of a partition, as a text.
 *
 * @param partitions how many partitions the topic had when the group began to read this one; see {@link StartOffsets}
 * @param topic the topic that the offset is one of, since another one may come to have its name; {@code null} when not known
 * @param completed what is done above the offset; {@code null} when nothing is
 */
record CommitNote(int partitions, @Nullable Uuid topic, @Nullable CompletedOffsets completed) {

    /** Of an offset that somebody else has committed. */
    static final CommitNote UNKNOWN = new CommitNote(0, null, null);

    private static final String PREFIX = "eventlane-1";
    private static final String SEPARATOR = " ";
    private static final String NONE = "-";

    String encode() {
        String note = String.join(SEPARATOR, PREFIX, Integer.toString(partitions), topic == null ? NONE : topic.toString());
        return completed == null ? note
                : String.join(SEPARATOR, note, Long.toString(completed.mark()), Integer.toString(completed.leaderEpoch()),
                        Base64.getEncoder().withoutPadding().encodeToString(completed.done().toByteArray()));
    }

    /**
     * @param text anything that somebody has committed
     */
    static CommitNote decode(String text) {
        String[] words = text.split(SEPARATOR, -1);
        if (!words[0].equals(PREFIX) || words.length != 3 && words.length != 6) {
            return UNKNOWN;
        }
        try {
            return new CommitNote(Integer.parseInt(words[1]), words[2].equals(NONE) ? null : Uuid.fromString(words[2]),
                    words.length == 3 ? null
                            : new CompletedOffsets(Long.parseLong(words[3]), Integer.parseInt(words[4]),
                                    BitSet.valueOf(Base64.getDecoder().decode(words[5]))));
        } catch (IllegalArgumentException e) {
            return UNKNOWN;
        }
    }

    CommitNote with(@Nullable CompletedOffsets nowCompleted) {
        return new CommitNote(partitions, topic, nowCompleted);
    }

    CommitNote of(Uuid knownTopic) {
        return new CommitNote(partitions, knownTopic, completed);
    }
}
