package io.eventlane.spi;

/**
 * The door from a connector to a channel's handler: decodes a record, runs the application's method and waits for
 * whatever it returns and publishes. Returning means done, throwing (anything) means failed.
 */
@FunctionalInterface
public interface InboundHandler {

    /**
     * Called on a worker of the channel, for one record of a key at a time.
     *
     * @throws Throwable whatever the handler or the decoding threw
     */
    void handle(InboundRecord record, Delivery delivery) throws Throwable;

    /** What the engine knows of the run at hand. */
    interface Delivery {

        /** 1 for the first run in this process. */
        int attempt();

        /** See {@link io.eventlane.Event#isRevoked()}. */
        boolean isRevoked();
    }
}
