package io.eventlane.benchmarks.jetstream.peer;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.eventlane.benchmarks.common.Work;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.reactive.messaging.annotations.Blocking;

/** Its ways to consume. */
@ApplicationScoped
public class PeerHandlers {

    private final Work work;

    PeerHandlers(Work work) {
        this.work = work;
    }

    @Incoming("event-loop")
    @NonBlocking
    void handle(byte[] payload) {
        work.handle(payload);
    }

    @Incoming("blocking")
    @Blocking
    void handleOnWorkerThread(byte[] payload) {
        work.handle(payload);
    }

    @Incoming("virtual")
    @RunOnVirtualThread
    void handleOnVirtualThread(byte[] payload) {
        work.handle(payload);
    }
}
