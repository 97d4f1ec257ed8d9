package io.eventlane.spi;

import java.util.List;

import io.eventlane.PublishReceipt;

/**
 * Hears what became of published events. Every CDI bean of this type is called.
 * <p>
 * Receipts are handed over in batches, in the order in which the outcomes became known, on one thread per listener that is not
 * the
 * broker client's. A slow listener holds publishers back once its bound is reached; no receipt is ever dropped. What it throws
 * is
 * logged.
 */
public interface PublishListener {

    /**
     * @param receipts one or more outcomes, also failed ones
     */
    void onReceipts(List<PublishReceipt> receipts);
}
