package io.eventlane.runtime.failure;

import io.eventlane.spi.InboundHandler.Delivery;

/** What a failed event is settled by, instead of by its handler. The record keeps it over its attempts. */
interface Settlement {

    /**
     * As {@link io.eventlane.spi.InboundHandler#handle}.
     *
     * @throws Exception when it could not be settled now: it is tried again
     */
    void settle(Delivery delivery) throws Exception;
}
