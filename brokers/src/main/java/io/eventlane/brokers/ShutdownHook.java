package io.eventlane.brokers;

/** Does something when this JVM ends in an orderly way, unless it was removed before. */
final class ShutdownHook {

    private final Thread thread;

    private ShutdownHook(Thread thread) {
        this.thread = thread;
    }

    static ShutdownHook add(Runnable action) {
        ShutdownHook hook = new ShutdownHook(new Thread(action, "broker-shutdown"));
        Runtime.getRuntime().addShutdownHook(hook.thread);
        return hook;
    }

    /** Idempotent. */
    void remove() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            // The JVM is shutting down already.
        }
    }
}
