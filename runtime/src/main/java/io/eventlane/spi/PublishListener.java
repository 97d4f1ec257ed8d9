package io.eventlane.spi;

import java.util.List;

import io.eventlane.PublishReceipt;

/**
 * Hears what became of published events. Every CDI bean of this type is called.
 * <p>
 * A receipt comes for every event that was handed to a broker's client, whether or not the client could send it. A
 * publication that is refused before that (an invalid event, a closed bus, no room with a listener) is told to its
 * caller alone.
 * <p>
 * Receipts are handed over in batches, in the order in which the outcomes became known, on one thread per listener
 * that is not the broker client's. A listener that is 10,000 events behind, those on their way included, holds
 * publishers back; no receipt is ever dropped. What it throws is logged. At shutdown it gets all receipts within
 * {@code quarkus.eventlane.shutdown-timeout}.
 */
public interface PublishListener {

    /**
     * @param receipts one or more outcomes, also failed ones
     */
    void onReceipts(List<PublishReceipt> receipts);
}
