package io.eventlane.it.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random scenarios for {@code -Dsoak.minutes}, at least one, until one breaks a guarantee: {@code ./dev soak}. The first
 * seed is that of {@code -Dguarantees.seed}, or a random one; the others follow it.
 */
@Tag("soak")
class SoakIT {

    @Test
    void whenRandomScenariosHaveRun_thenEveryGuaranteeWasKept() throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(Integer.getInteger("soak.minutes", 30)).toNanos();
        Iterator<Long> seeds = seeds().iterator();
        Tally tally = new Tally();
        Outcome last;
        do {
            last = ScenarioRun.alone(Scenarios.of(Broker.askedFor(), seeds.next()));
            tally.add(last);
        } while (last.isGood() && System.nanoTime() < end);
        System.out.println(tally);

        assertThat(last.violations()).isEmpty();
        assertThat(last.acknowledged()).isPositive();
    }

    private static LongStream seeds() {
        long first = Seeds.askedFor().orElseGet(() -> ThreadLocalRandom.current().nextInt(1_000_000));
        return LongStream.iterate(first, seed -> seed + 1);
    }
}
