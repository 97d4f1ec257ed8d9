package io.eventlane.benchmarks.kafka.app;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.eventlane.benchmarks.common.Work;

/** Eventlane's arm. */
@ApplicationScoped
public class EventlaneHandlers {

    private final Work work;

    EventlaneHandlers(Work work) {
        this.work = work;
    }

    @Incoming("eventlane")
    void handle(byte[] payload) {
        work.handle(payload);
    }
}
