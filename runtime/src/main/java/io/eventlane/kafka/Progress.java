package io.eventlane.kafka;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * What is committed for a partition.
 *
 * @param offset every record before it is done
 * @param note see {@link CommitNote}
 */
record Progress(long offset, String note) {

    OffsetAndMetadata toKafka(boolean withNote) {
        return new OffsetAndMetadata(offset, withNote ? note : "");
    }
}
