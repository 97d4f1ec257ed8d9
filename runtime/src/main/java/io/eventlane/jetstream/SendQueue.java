package io.eventlane.jetstream;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.eventlane.channel.KeyFailures;

/** Events in the order in which they were accepted. Many threads add, one at a time takes. */
final class SendQueue {

    private Sending head;
    private final AtomicReference<Sending> tail;

    SendQueue(KeyFailures failures) {
        head = new Sending(new WireMessage("", new byte[0], new byte[0]), null, failures.now());
        tail = new AtomicReference<>(head);
    }

    void add(Sending sending) {
        tail.getAndSet(sending).next = sending;
    }

    /** The oldest; {@code null} when there is none, or its thread is not through with {@link #add} yet. */
    @Nullable
    Sending poll() {
        Sending next = head.next;
        if (next != null) {
            // What was taken must not keep what came after it alive.
            head.next = null;
            head = next;
        }
        return next;
    }
}
