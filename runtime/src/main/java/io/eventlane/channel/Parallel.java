package io.eventlane.channel;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Ends several things at the same time: their deadline is the same, so none may wait for another. */
public final class Parallel {

    private Parallel() {
    }

    /**
     * Returns when the action has returned for each, or when this thread is interrupted, which it stays.
     *
     * @param threads the name of the threads that it runs on
     */
    public static <T> void forEach(Collection<T> items, String threads, Consumer<? super T> action) {
        List<Thread> running = items.stream()
                .map(item -> Thread.ofPlatform().name(threads).start(() -> action.accept(item))).toList();
        try {
            for (Thread thread : running) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
