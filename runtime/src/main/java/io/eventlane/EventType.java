package io.eventlane;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Narrows a handler to the events of one type, so that several handlers share a channel.
 * <p>
 * The type of an event is its header {@link EventHeaders#EVENT_TYPE}, else the {@code event_type} of its envelope.
 * The choice is made by a generated {@code switch}. An event that matches no handler goes to the channel's handler
 * without this annotation; where there is none it is a failure, unless
 * {@code quarkus.eventlane.incoming.<channel>.unmatched=ignore}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface EventType {

    /** The event type, compared exactly. */
    String value();
}
