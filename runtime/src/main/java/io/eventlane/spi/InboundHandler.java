package io.eventlane.spi;

import java.util.concurrent.CompletionStage;

/**
 * The door from a connector to a channel's handler: decodes a record, runs the application's method and waits for
 * whatever it returns and publishes. Returning means done, unless {@link Delivery#doneWhen} was called; throwing
 * (anything) means failed.
 */
@FunctionalInterface
public interface InboundHandler {

    /**
     * Called on a worker of the channel, for one record of a key at a time.
     *
     * @throws Throwable whatever the handler or the decoding threw
     */
    void handle(InboundRecord record, Delivery delivery) throws Throwable;

    /**
     * Called on the source's thread when a record that waits after failures holds up more than the channel may hold.
     *
     * @return whether the record, and those of its key that come after it, will go elsewhere when they are handled the
     *         next time, so that the wait may end now
     */
    default boolean divert(InboundRecord record) {
        return false;
    }

    /** What the engine knows of the run at hand. */
    interface Delivery {

        /** 1 for the first run in this process. */
        int attempt();

        /** See {@link io.eventlane.Event#isRevoked()}. */
        boolean isRevoked();

        /**
         * Has the record wait, without a thread, until the stage completes: normally means done, exceptionally means
         * failed. Called at most once in a run, before the handler returns; the call does not count if it throws.
         */
        void doneWhen(CompletionStage<?> stage);
    }
}
