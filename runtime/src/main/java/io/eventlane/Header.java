package io.eventlane;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a handler's {@code String} parameter to a header of the event: its last value, decoded as UTF-8, or
 * {@code null} where the event has none of that name.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Header {

    /** The name of the header, compared exactly. */
    String value();
}
