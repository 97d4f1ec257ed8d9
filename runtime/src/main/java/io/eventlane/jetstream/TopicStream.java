package io.eventlane.jetstream;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** The stream of one topic. Safe for any thread. */
interface TopicStream {

    /**
     * How long a stream remembers the ids of events.
     *
     * @param assumed whether the stream has not said so
     */
    record Window(Duration length, boolean assumed) {
    }

    /**
     * Sees to it that there is one. Never blocks.
     *
     * @return how long it remembers the ids of events; or fails, and the exception says why there is none
     */
    CompletionStage<Window> ensure();

    /** It turned out not to be there, so the next {@link #ensure} has to look. */
    void forget();
}
