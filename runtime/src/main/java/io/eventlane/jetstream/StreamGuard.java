package io.eventlane.jetstream;

import java.util.concurrent.CompletionStage;

/** Makes sure that streams exist. Safe for any thread; blocks none. */
interface StreamGuard {

    /** Completes when the topic's stream is there as configured, exceptionally when it is not and was not to be created. */
    CompletionStage<Void> ensure(String topic);

    /** The topic's stream may have gone: look again the next time. */
    void forget(String topic);
}
