package io.eventlane;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Event ids: UUIDs of version 7 (RFC 9562), which sort by the millisecond of their making.
 */
public final class EventId {

    private EventId() {
    }

    /** A fresh id, such as {@code 0198c5a2-7d1e-7b3f-9a44-3c1f0e6d5b21}. Safe for many threads; takes no lock. */
    public static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = System.currentTimeMillis() << 16 | 0x7000 | random.nextInt(0x1000);
        long low = random.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
