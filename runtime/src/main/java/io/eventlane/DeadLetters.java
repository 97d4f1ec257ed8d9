package io.eventlane;

import java.util.Set;
import java.util.function.Predicate;

/**
 * What can be done about the dead letters of incoming channels, and about keys that are quarantined. Inject it anywhere.
 */
public interface DeadLetters {

    /**
     * Sends the dead letters of a channel back to the topics that they were published to, with their original key, bytes
     * and headers, each to its original partition where that still exists; every consumer group of such a topic gets them
     * again. It begins where the last replay of the channel ended and ends with the letters that were there when it began.
     * The application goes on consuming.
     * <p>
     * Letters of a key are sent back in their order, and stand there behind whatever was published meanwhile. Progress is
     * committed for the group {@code <group.id>.dead-letters}, only for what the broker has acknowledged: after a failure
     * or a crash some letters are sent back again. Two processes must not replay the same channel at the same time.
     * <p>
     * A key that is quarantined in this process is released by the first of its letters when it is consumed again: what
     * was published of the key before that still goes to the dead-letter topic.
     * <p>
     * It blocks, and so has to be called on a virtual or a worker thread.
     *
     * @param channel the incoming channel
     * @return what was done
     * @throws IllegalArgumentException when there is no such channel, or nothing of it goes to a dead-letter topic
     * @throws IllegalStateException on a thread that must not block
     * @throws ReplayException when it stopped early
     */
    Replay replay(String channel);

    /**
     * As {@link #replay(String)}, for some of the letters. One that is refused stays: it is written to the end of its
     * partition of the dead-letter topic again, unchanged, before the progress passes it, and the next replay comes to it
     * again. Refused letters keep their order. A letter that is sent back although an earlier one of its key was refused
     * overtakes that.
     *
     * @param wanted whether to send a letter back; called on this thread, one letter after the other. What it throws stops
     *        the replay
     */
    Replay replay(String channel, Predicate<DeadLetter> wanted);

    /**
     * The keys whose events go to the dead-letter topic unhandled at the moment, because an earlier event of theirs did:
     * with {@code dead-letter-queue.key-policy=quarantine}, or because they were parked and held up too much. It is this
     * process' view: another one may quarantine other keys, and a restart releases all.
     *
     * @param channel the incoming channel
     * @return the keys as UTF-8, sorted; a snapshot
     * @throws IllegalArgumentException when there is no such channel
     */
    Set<String> quarantined(String channel);

    /**
     * Has the events of a key handled again, from the next one on, whatever became of its dead letters.
     *
     * @param channel the incoming channel
     * @param key the key as UTF-8
     * @return whether it was quarantined
     * @throws IllegalArgumentException when there is no such channel
     */
    boolean release(String channel, String key);
}
