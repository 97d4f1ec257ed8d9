package io.eventlane.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.eventlane.Position;

class DerivedIdTest {

    private final DerivedId ids = DerivedId.of("shop", "orders");
    private final BareRecord record = arrived(7, Instant.EPOCH);

    private static BareRecord arrived(long offset, Instant timestamp) {
        return new BareRecord(new Position("orders", 0, offset), timestamp, null);
    }

    @Test
    void whenTheSameIsMadeOfTheSameRecordAgain_thenItHasTheSameId() {
        assertThat(ids.of(record, "letter"))
                .isEqualTo(DerivedId.of("shop", "orders").of(arrived(7, Instant.EPOCH), "letter"));
    }

    @Test
    void whenAnythingDiffers_thenItIsAnotherEvent() {
        assertThat(List.of(ids.of(record, "letter"), ids.of(record, "other"),
                DerivedId.of("shop", "bills").of(record, "letter"),
                DerivedId.of("stock", "orders").of(record, "letter"),
                ids.of(arrived(8, Instant.EPOCH), "letter"),
                ids.of(arrived(7, Instant.EPOCH.plusMillis(1)), "letter"))).doesNotHaveDuplicates();
    }
}
