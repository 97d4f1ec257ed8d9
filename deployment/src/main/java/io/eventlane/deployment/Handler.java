package io.eventlane.deployment;

import java.util.Comparator;
import java.util.List;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

/**
 * A handler method of a bean, found valid on its own.
 *
 * @param beanIdentifier as Arc knows the bean
 * @param beanClass the class of the bean, which may have inherited the method
 * @param incoming the channels of {@code @Incoming}
 * @param outgoing the channels of {@code @Outgoing}
 * @param eventType the value of {@link io.eventlane.EventType}, or {@code null}
 * @param payload what the record is decoded to
 * @param message whether it takes a {@link org.eclipse.microprofile.reactive.messaging.Message}
 * @param arguments one for each parameter, in order
 * @param result the type of each event that the method publishes, without an envelope; {@code null} where it
 *        publishes none, or where the type says nothing
 */
record Handler(
        String beanIdentifier,
        ClassInfo beanClass,
        MethodInfo method,
        List<String> incoming,
        List<String> outgoing,
        @Nullable String eventType,
        Payload payload,
        boolean message,
        List<Binding.Argument> arguments,
        @Nullable Type result) {

    /** The order in which handlers are generated: the same for every build of the same sources. */
    static final Comparator<Handler> ORDER = Comparator.comparing((Handler handler) -> handler.beanClass.name())
            .thenComparing(handler -> handler.method.name())
            .thenComparing(handler -> handler.method.descriptor())
            .thenComparing(handler -> handler.method.declaringClass().name())
            .thenComparing(Handler::beanIdentifier);

    String description() {
        return beanClass.name() + "#" + method.name();
    }
}
