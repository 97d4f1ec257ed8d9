package com.acme.billing;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.eventlane.Key;

@ApplicationScoped
public class Billing {

    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private final List<String> booked = new CopyOnWriteArrayList<>();

    @Incoming("invoices")
    void book(Invoice invoice, @Key String number) {
        if (unknown.contains(invoice.customer())) {
            throw new UnknownCustomerException(invoice.customer());
        }
        booked.add(number + " " + invoice.cents());
    }

    @Incoming("reminders")
    void remind(Invoice invoice, @Key String number) {
        if (unknown.contains(invoice.customer())) {
            throw new UnknownCustomerException(invoice.customer());
        }
        booked.add(number + " reminded");
    }

    public void forget(String customer) {
        unknown.add(customer);
    }

    public void register(String customer) {
        unknown.remove(customer);
    }

    public List<String> booked() {
        return List.copyOf(booked);
    }
}
