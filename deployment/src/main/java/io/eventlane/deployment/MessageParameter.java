package io.eventlane.deployment;

import java.util.function.Consumer;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * {@code Message<Order> message}, {@code Message<Envelope<Order>> message}, or {@code Message<?> message} without wanting
 * the payload. The event of such a handler is a message too.
 */
final class MessageParameter implements ParameterKind {

    @Override
    public boolean matches(Parameter parameter) {
        return parameter.is(Names.MESSAGE);
    }

    @Override
    public @Nullable Binding bind(Parameter parameter, Consumer<Problem> problems) {
        Payload payload = parameter.isOfAnything() ? null
                : Payload.of(parameter.type().asParameterizedType().arguments().getFirst());
        return new Binding(payload, Binding.Role.MESSAGE, (code, invoker, event) -> code.cast(event, Message.class));
    }
}
