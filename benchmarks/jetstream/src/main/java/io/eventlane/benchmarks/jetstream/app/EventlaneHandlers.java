package io.eventlane.benchmarks.jetstream.app;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.eventlane.benchmarks.common.Work;

/** Eventlane's way to consume. */
@ApplicationScoped
public class EventlaneHandlers {

    private final Work work;

    EventlaneHandlers(Work work) {
        this.work = work;
    }

    @Incoming("consumed")
    void handle(byte[] payload) {
        work.handle(payload);
    }
}
