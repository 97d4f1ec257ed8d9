package com.acme.shop;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.context.ApplicationScoped;

/** Stands for whatever a handler talks to: a database, another service. */
@ApplicationScoped
public class Warehouse {

    private final List<Order> reserved = new CopyOnWriteArrayList<>();

    public void reserve(Order order) {
        reserved.add(order);
    }

    public List<Order> reserved() {
        return List.copyOf(reserved);
    }
}
