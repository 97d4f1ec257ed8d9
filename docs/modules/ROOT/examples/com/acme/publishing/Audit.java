package com.acme.publishing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.context.ApplicationScoped;

import io.eventlane.PublishReceipt;
import io.eventlane.spi.PublishListener;

// tag::listener[]
@ApplicationScoped
public class Audit implements PublishListener {

    private final List<PublishReceipt> receipts = new CopyOnWriteArrayList<>();

    @Override
    public void onReceipts(List<PublishReceipt> batch) {
        receipts.addAll(batch);
    }
    // end::listener[]

    public List<PublishReceipt> receipts() {
        return List.copyOf(receipts);
    }
}
