package io.eventlane.it.guarantees;

import java.io.IOException;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.StartupEvent;

/** Ends the process with its parent, which holds the other end of its standard input: a test that dies leaves nothing. */
@Singleton
class ParentWatch {

    void start(@Observes StartupEvent event) {
        Thread.ofPlatform().name("parent-watch").daemon().start(ParentWatch::endWithParent);
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever sent: only the end counts.
            }
        } catch (IOException e) {
            // As good as the end.
        }
        Runtime.getRuntime().halt(1);
    }
}
