package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

class LaneTableTest {

    private final LaneTable<String> table = new LaneTable<>();
    private final CompletionTracker<String> tracker = new CompletionTracker<>("orders-0", 0, 10,
            new InFlightLimit(10, 10, () -> {
            }), () -> {
            });

    @Test
    void whenTheKeyIsTheSame_thenTheLaneIsTheSame() {
        assertThat(table.lane(0, key(1))).isSameAs(table.lane(0, key(1)));
    }

    @Test
    void whenKeyOrPartitionDiffer_thenTheLaneDiffers() {
        Set<Lane<String>> lanes = new HashSet<>();
        lanes.add(table.lane(0, key(1)));
        lanes.add(table.lane(0, key(2)));
        lanes.add(table.lane(1, key(1)));
        lanes.add(table.lane(0, new byte[0]));

        assertThat(lanes).hasSize(4);
    }

    @Test
    void whenHashesCollide_thenTheKeysDecide() {
        byte[] one = { 1, 0 };
        byte[] other = { 0, 31 };

        assertThat(table.lane(0, one)).isNotSameAs(table.lane(0, other));
        assertThat(table.lane(0, one).hash).isEqualTo(table.lane(0, other).hash);
        assertThat(table.lane(0, other)).isSameAs(table.lane(0, other));
    }

    @Test
    void whenLanesHaveWork_thenTheySurviveGrowthAndSweep() {
        Lane<String> busy = table.lane(0, key(-1));
        busy.append(entry(busy));

        for (int i = 0; i < 10_000; i++) {
            table.lane(0, key(i));
        }
        table.sweep();

        assertThat(table.lane(0, key(-1))).isSameAs(busy);
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void whenManyIdleKeysPassThrough_thenTheTableStaysSmall() {
        int most = 0;
        for (int i = 0; i < 100_000; i++) {
            table.lane(0, key(i));
            most = Math.max(most, table.size());
        }
        assertThat(most).isLessThanOrEqualTo(64);
    }

    @Test
    void whenManyLanesHaveWork_thenAllAreFound() {
        Set<Lane<String>> lanes = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            Lane<String> lane = table.lane(0, key(i));
            lane.append(entry(lane));
            lanes.add(lane);
        }
        for (int i = 0; i < 10_000; i++) {
            lanes.remove(table.lane(0, key(i)));
        }
        assertThat(lanes).isEmpty();
        assertThat(table.size()).isEqualTo(10_000);
    }

    @Test
    void whenALaneWasIdle_thenItIsForgotten() {
        Lane<String> lane = table.lane(0, key(1));
        Entry<String> entry = entry(lane);
        lane.append(entry);
        assertThat(entry.start(0)).isTrue();
        entry.finish();
        assertThat(lane.advance(entry)).isNull();

        table.sweep();

        assertThat(table.size()).isZero();
        assertThat(table.lane(0, key(1))).isNotSameAs(lane);
    }

    private Entry<String> entry(Lane<String> lane) {
        return new Entry<>(tracker, lane, 0, 0, "record");
    }

    private static byte[] key(int n) {
        return ByteBuffer.allocate(4).putInt(n).array();
    }
}
