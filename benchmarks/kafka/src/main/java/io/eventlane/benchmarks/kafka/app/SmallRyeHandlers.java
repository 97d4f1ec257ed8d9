package io.eventlane.benchmarks.kafka.app;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.eventlane.benchmarks.common.Work;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.reactive.messaging.annotations.Blocking;

/** SmallRye's arms. */
@ApplicationScoped
public class SmallRyeHandlers {

    private final Work work;

    SmallRyeHandlers(Work work) {
        this.work = work;
    }

    @Incoming("smallrye")
    void handle(byte[] payload) {
        work.handle(payload);
    }

    @Incoming("smallrye-blocking")
    @Blocking
    void handleOnWorkerThread(byte[] payload) {
        work.handle(payload);
    }

    @Incoming("smallrye-virtual")
    @RunOnVirtualThread
    void handleOnVirtualThread(byte[] payload) {
        work.handle(payload);
    }
}
