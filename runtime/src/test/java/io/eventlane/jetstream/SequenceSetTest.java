package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

class SequenceSetTest {

    @Test
    void whenSequencesAreAddedAndForgotten_thenItHoldsWhatASetWould() {
        Random random = new Random(3);
        SequenceSet set = new SequenceSet(1);
        Set<Long> model = new HashSet<>();
        long floor = 0;
        for (int i = 0; i < 20_000; i++) {
            long sequence = floor + 1 + random.nextInt(300);
            set.add(sequence);
            model.add(sequence);
            if (random.nextInt(50) == 0) {
                floor += random.nextInt(400);
                long upTo = floor;
                set.removeUpTo(upTo);
                model.removeIf(one -> one <= upTo);
            }
            long asked = floor + random.nextInt(320);
            assertThat(set.contains(asked)).isEqualTo(model.contains(asked));
        }
    }

    @Test
    void whenSequencesLieFarApart_thenItHoldsThemAllTheSame() {
        SequenceSet set = new SequenceSet(1);
        set.add(1);
        set.add(5_000_000_000L);
        set.add(1L << 62);

        assertThat(set.contains(1)).isTrue();
        assertThat(set.contains(5_000_000_000L)).isTrue();
        assertThat(set.contains(4_999_999_999L)).isFalse();
        set.removeUpTo(5_000_000_000L);
        assertThat(set.contains(5_000_000_000L)).isFalse();
        assertThat(set.contains(1L << 62)).isTrue();
    }

    @Test
    void whenASequenceIsBelowWhatWasForgotten_thenItIsNotHeld() {
        SequenceSet set = new SequenceSet(10);
        set.add(3);

        assertThat(set.contains(3)).isFalse();
        assertThat(set.contains(Long.MAX_VALUE)).isFalse();
    }
}
