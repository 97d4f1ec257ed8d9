package com.acme.publishing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;

@ApplicationScoped
public class Till {

    private final List<Money> taken = new CopyOnWriteArrayList<>();

    @Incoming("tills")
    void take(Money money) {
        taken.add(money);
    }

    public List<Money> taken() {
        return List.copyOf(taken);
    }
}
