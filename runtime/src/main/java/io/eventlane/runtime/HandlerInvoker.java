package io.eventlane.runtime;

import org.jspecify.annotations.Nullable;

import io.eventlane.Event;
import io.eventlane.InvalidEventException;

/**
 * Calls one handler method. The subclass of each method is generated at build time in the package of the bean, so
 * that the call is direct also where the method is package-private. It holds the bean's contextual reference, found
 * once at start.
 */
public abstract class HandlerInvoker {

    private final HandlerMethod method;

    protected HandlerInvoker(HandlerMethod method) {
        this.method = method;
    }

    public final HandlerMethod method() {
        return method;
    }

    /**
     * @param event what the method's parameters are taken from: its payload is already decoded as the method wants
     *        it, an {@link io.eventlane.Envelope} where {@link HandlerMethod#envelope()}, and a
     *        {@link org.eclipse.microprofile.reactive.messaging.Message} where {@link HandlerMethod#message()}
     * @return what the method returned; {@code null} for {@code void}
     * @throws Throwable what the method threw
     */
    public abstract @Nullable Object invoke(Event<?> event) throws Throwable;

    /**
     * The payload for a parameter of a primitive type, which takes no {@code null}.
     *
     * @throws InvalidEventException for a tombstone
     */
    protected final Object requirePayload(Event<?> event) {
        Object payload = event.payload();
        if (payload == null) {
            throw new InvalidEventException(
                    method.description()
                            + ": the event has no payload, but the parameter is primitive. Declare its wrapper type"
                            + " to receive null.");
        }
        return payload;
    }
}
