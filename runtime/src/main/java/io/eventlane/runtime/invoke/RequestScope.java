package io.eventlane.runtime.invoke;

/** The CDI request context of one invocation. */
public interface RequestScope {

    /** Begins a fresh context on the current thread. */
    void begin();

    /** Ends it, and destroys its beans. */
    void end();
}
