package io.eventlane.runtime.lifecycle;

import java.util.function.Consumer;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.runtime.shutdown.ShutdownListener;

/**
 * Ends the intake before anything of the application is closed. Quarkus closes its HTTP servers, that of the management
 * interface too, before it fires the {@link io.quarkus.runtime.ShutdownEvent}; only its shutdown listeners come earlier.
 * <p>
 * The intake ends while {@code quarkus.shutdown.delay} passes, so that the two do not add up.
 */
public class DrainListener implements ShutdownListener {

    @Override
    public void preShutdown(ShutdownNotification notification) {
        notify(EventlaneLifecycle::beginDrain, notification);
    }

    @Override
    public void shutdown(ShutdownNotification notification) {
        notify(EventlaneLifecycle::awaitDrained, notification);
    }

    private static void notify(Consumer<EventlaneLifecycle> phase, ShutdownNotification notification) {
        try {
            ArcContainer container = Arc.container();
            if (container != null) {
                phase.accept(container.instance(EventlaneLifecycle.class).get());
            }
        } finally {
            notification.done();
        }
    }
}
