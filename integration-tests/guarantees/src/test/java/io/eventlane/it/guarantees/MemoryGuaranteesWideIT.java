package io.eventlane.it.guarantees;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Tag;

/** More of them. */
@Tag("wide")
class MemoryGuaranteesWideIT extends MemoryGuaranteesIT {

    static LongStream seeds() {
        return Seeds.orElse(LongStream.rangeClosed(20, 24));
    }
}
