package io.eventlane.deployment;

import java.util.function.Consumer;

import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

/**
 * {@code Event<Order> event}, {@code Event<Envelope<Order>> event}, or {@code Event<?> event} for everything but the
 * payload.
 */
final class EventParameter implements ParameterKind {

    @Override
    public boolean matches(Parameter parameter) {
        return parameter.is(Names.EVENT);
    }

    @Override
    public @Nullable Binding bind(Parameter parameter, Consumer<Problem> problems) {
        if (parameter.isOfAnything()) {
            return Binding.of((code, invoker, event) -> event);
        }
        Type argument = parameter.type().asParameterizedType().arguments().getFirst();
        return new Binding(Payload.of(argument), Binding.Role.OTHER, (code, invoker, event) -> event);
    }
}
