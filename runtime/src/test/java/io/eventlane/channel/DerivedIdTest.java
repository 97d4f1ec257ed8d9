package io.eventlane.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.eventlane.Position;
import io.eventlane.spi.InboundRecord;

class DerivedIdTest {

    private final DerivedId ids = DerivedId.of("shop", "orders");
    private final Arrived record = new Arrived(7, Instant.EPOCH);

    @Test
    void whenTheSameIsMadeOfTheSameRecordAgain_thenItHasTheSameId() {
        assertThat(ids.of(record, "letter"))
                .isEqualTo(DerivedId.of("shop", "orders").of(new Arrived(7, Instant.EPOCH), "letter"));
    }

    @Test
    void whenAnythingDiffers_thenItIsAnotherEvent() {
        assertThat(List.of(ids.of(record, "letter"), ids.of(record, "other"),
                DerivedId.of("shop", "bills").of(record, "letter"),
                DerivedId.of("stock", "orders").of(record, "letter"),
                ids.of(new Arrived(8, Instant.EPOCH), "letter"),
                ids.of(new Arrived(7, Instant.EPOCH.plusMillis(1)), "letter"))).doesNotHaveDuplicates();
    }

    private record Arrived(long offset, Instant timestamp) implements InboundRecord {

        @Override
        public String topic() {
            return "orders";
        }

        @Override
        public Position position() {
            return new Position("orders", 0, offset);
        }

        @Override
        public byte @Nullable [] key() {
            return null;
        }

        @Override
        public byte @Nullable [] payload() {
            return null;
        }

        @Override
        public byte @Nullable [] header(String name) {
            return null;
        }

        @Override
        public void forEachHeader(BiConsumer<String, byte @Nullable []> action) {
        }

        @Override
        public Object unwrap() {
            return this;
        }

        @Override
        public @Nullable Object kept() {
            return null;
        }

        @Override
        public void keep(@Nullable Object state) {
        }
    }
}
