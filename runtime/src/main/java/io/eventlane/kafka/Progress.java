package io.eventlane.kafka;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * What is committed for a partition.
 *
 * @param offset every record before it is done
 * @param note see {@link CommitNote}
 */
record Progress(long offset, String note) {

    /**
     * @param longestNote what the broker takes, in bytes
     */
    OffsetAndMetadata toKafka(int longestNote) {
        return new OffsetAndMetadata(offset, note(longestNote));
    }

    /** The note, or what of it is within a length. */
    String note(int longest) {
        if (note.length() <= longest) {
            return note;
        }
        String brief = CommitNote.decode(note).with(null).encode();
        return brief.length() <= longest ? brief : "";
    }
}
