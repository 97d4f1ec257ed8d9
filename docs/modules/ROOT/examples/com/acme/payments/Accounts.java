package com.acme.payments;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.context.ApplicationScoped;

/** Stands for a database and for a client of another service. */
@ApplicationScoped
public class Accounts {

    private final List<String> bookings = new CopyOnWriteArrayList<>();

    public void book(String booking) {
        bookings.add(booking);
    }

    public CompletionStage<Void> bookLater(String booking) {
        return CompletableFuture.runAsync(() -> book(booking));
    }

    public List<String> bookings() {
        return List.copyOf(bookings);
    }
}
