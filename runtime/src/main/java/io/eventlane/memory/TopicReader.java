package io.eventlane.memory;

import org.jspecify.annotations.Nullable;

/** How far somebody has read a topic. One thread reads; others may ask how far. */
final class TopicReader {

    private final MemoryTopic topic;

    /** The last event that was passed. */
    private Stored at;
    /** Its offset, as others know it. */
    private volatile long taken;

    TopicReader(MemoryTopic topic, Stored at) {
        this.topic = topic;
        this.at = at;
        this.taken = at.offset;
    }

    /** Another one at the same place; by a reader that does not read. */
    TopicReader fork() {
        return new TopicReader(topic, at);
    }

    MemoryTopic topic() {
        return topic;
    }

    /** The next event, or {@code null} while there is none. */
    @Nullable
    Stored peek() {
        return at.next;
    }

    /** Takes the next event. */
    void pass(Stored next) {
        at = next;
    }

    /** What was passed need not be kept any more. */
    void release() {
        taken = at.offset;
        topic.wakeWaiting();
    }

    /** The offset of the last event that was released; any thread. */
    long taken() {
        return taken;
    }

    /** How many events are published that were not released; any thread. */
    long behind() {
        return topic.newest() - taken;
    }
}
