package io.eventlane;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;

/** Injects the {@link EventPublisher} of one outgoing channel. */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD })
public @interface PublishTo {

    /** The outgoing channel, as in {@code quarkus.eventlane.outgoing.<channel>}. */
    @Nonbinding
    String value();
}
