package io.eventlane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

class EventIdTest {

    @Test
    void whenMade_thenItIsAUuidOfVersionSevenThatHoldsTheTime() {
        long before = System.currentTimeMillis();
        UUID id = UUID.fromString(EventId.next());
        long after = System.currentTimeMillis();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isBetween(before, after);
    }

    @Test
    void whenMadeInDifferentMilliseconds_thenTheySortByTheirMaking() {
        String earlier = EventId.next();
        long made = System.currentTimeMillis();
        while (System.currentTimeMillis() == made) {
            Thread.onSpinWait();
        }

        assertThat(EventId.next()).isGreaterThan(earlier);
    }

    @Test
    void whenManyAreMade_thenNoneIsMadeTwice() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            ids.add(EventId.next());
        }

        assertThat(ids).hasSize(100_000);
    }
}
