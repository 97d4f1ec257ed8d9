package io.eventlane.runtime;

import java.lang.reflect.Type;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What was learned of a handler method at build time.
 *
 * @param description {@code com.acme.Orders#onOrder}, for messages
 * @param payloadType what the payload is decoded to; inside an envelope, the type of the envelope's payload;
 *        {@code byte[].class} where the method takes no payload
 * @param envelope whether the record is decoded as an {@link io.eventlane.Envelope}
 * @param message whether the method takes a {@link org.eclipse.microprofile.reactive.messaging.Message}, and with it
 *        says itself when the event is done
 * @param eventType the value of {@link io.eventlane.EventType}, or {@code null}
 * @param outgoing the channels of {@code @Outgoing}, to which the result is published; empty where there are none
 */
public record HandlerMethod(
        String description,
        Type payloadType,
        boolean envelope,
        boolean message,
        @Nullable String eventType,
        List<String> outgoing) {
}
