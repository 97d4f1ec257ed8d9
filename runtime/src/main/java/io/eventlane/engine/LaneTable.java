package io.eventlane.engine;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The lanes that may have work, found by their key. Owned by the source's thread.
 * <p>
 * Open addressing with linear probing. Workers never touch it: a lane that has gone idle stays until the table is
 * rebuilt, which happens when three quarters of it are taken, with room for four times the lanes that are then alive.
 * A rebuild is therefore paid for by the insertions since the last one, and the table stays proportional to the
 * records that are held, however many keys there are.
 */
final class LaneTable<R> {

    private static final int MIN_CAPACITY = 64;

    private @Nullable Lane<R>[] lanes = newArray(MIN_CAPACITY);
    private int size;

    /** The lane of a key, made where there is none. */
    Lane<R> lane(int log, byte[] key) {
        int hash = hash(log, key);
        int mask = lanes.length - 1;
        int index = hash & mask;
        for (Lane<R> lane = lanes[index]; lane != null; lane = lanes[index]) {
            if (lane.hash == hash && lane.is(log, key)) {
                return lane;
            }
            index = index + 1 & mask;
        }
        Lane<R> lane = new Lane<>(log, key, hash);
        lanes[index] = lane;
        if (++size > lanes.length / 4 * 3) {
            rebuild(lane);
        }
        return lane;
    }

    /** Forgets the lanes that are idle. */
    void sweep() {
        if (size > 0) {
            rebuild(null);
        }
    }

    /** Lanes that are idle but not yet forgotten included. */
    int size() {
        return size;
    }

    private void rebuild(@Nullable Lane<R> fresh) {
        @Nullable
        Lane<R>[] old = lanes;
        int alive = 0;
        for (int i = 0; i < old.length; i++) {
            Lane<R> lane = old[i];
            if (lane != null && lane != fresh && lane.isIdle()) {
                old[i] = null;
            } else if (lane != null) {
                alive++;
            }
        }
        lanes = newArray(Math.max(MIN_CAPACITY, Integer.highestOneBit(alive) * 8));
        size = alive;
        for (Lane<R> lane : old) {
            if (lane != null) {
                lanes[freeIndex(lane.hash)] = lane;
            }
        }
    }

    private int freeIndex(int hash) {
        int mask = lanes.length - 1;
        int index = hash & mask;
        while (lanes[index] != null) {
            index = index + 1 & mask;
        }
        return index;
    }

    private static int hash(int log, byte[] key) {
        int h = (Arrays.hashCode(key) + log * 0x9E3779B9) * 0x85EBCA6B;
        return h ^ h >>> 15;
    }

    @SuppressWarnings("unchecked")
    private static <R> @Nullable Lane<R>[] newArray(int length) {
        return (@Nullable Lane<R>[]) new Lane<?>[length];
    }
}
