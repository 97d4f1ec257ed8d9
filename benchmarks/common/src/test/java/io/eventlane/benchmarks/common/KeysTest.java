package io.eventlane.benchmarks.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class KeysTest {

    private static final int RECORDS = 100_000;

    @Test
    void whenKeysAreEvenlyUsed_thenNoneHasMuchMoreThanItsShare() {
        int[] perKey = count(Keys.of(100));

        assertThat(IntStream.of(perKey).max().orElseThrow()).isBetween(RECORDS / 100, RECORDS / 80);
    }

    @Test
    void whenKeysAreSkewed_thenTheFirstHasTwiceAsManyAsTheSecondAndTheLastHasSome() {
        int[] perKey = count(new Keys(100, true));

        assertThat((double) perKey[0] / perKey[1]).isBetween(1.9, 2.1);
        assertThat(perKey[99]).isBetween(100, 300);
    }

    @Test
    void whenTheLargestShareIsAskedFor_thenItIsThatOfTheFirstKey() {
        Keys skewed = new Keys(100, true);

        assertThat(skewed.largestShare()).isBetween(count(skewed)[0] * 0.98 / RECORDS, count(skewed)[0] * 1.02 / RECORDS);
        assertThat(Keys.of(100).largestShare()).isEqualTo(0.01);
    }

    @Test
    void whenKeysAreWritten_thenTheyCanBeRead() {
        assertThat(Keys.parse("10000")).isEqualTo(Keys.of(10_000)).hasToString("10000");
        assertThat(Keys.parse("1000-zipf")).isEqualTo(new Keys(1_000, true)).hasToString("1000-zipf");
    }

    private static int[] count(Keys keys) {
        int[] perKey = new int[keys.count()];
        var chooser = keys.chooser(new SplittableRandom(1));
        for (int i = 0; i < RECORDS; i++) {
            perKey[chooser.getAsInt()]++;
        }
        return perKey;
    }
}
