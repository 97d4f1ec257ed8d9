package io.eventlane.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** The application's topics, each made when it is first named. Safe for many threads. */
final class MemoryTopics {

    private final Map<String, MemoryTopic> topics = new ConcurrentHashMap<>();
    private final ReentrantLock making = new ReentrantLock();
    private boolean keeping = true;

    MemoryTopic topic(String name) {
        making.lock();
        try {
            return topics.computeIfAbsent(name, absent -> new MemoryTopic(absent, keeping));
        } finally {
            making.unlock();
        }
    }

    /** All readers are known: what nobody reads is not kept from now on. Idempotent. */
    void stopKeeping() {
        making.lock();
        try {
            keeping = false;
            topics.values().forEach(MemoryTopic::stopKeeping);
        } finally {
            making.unlock();
        }
    }
}
