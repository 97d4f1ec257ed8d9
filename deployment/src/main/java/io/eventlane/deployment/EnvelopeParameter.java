package io.eventlane.deployment;

import java.util.function.Consumer;

import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

import io.eventlane.Envelope;

/** {@code Envelope<Order> order}. */
final class EnvelopeParameter implements ParameterKind {

    @Override
    public boolean matches(Parameter parameter) {
        return parameter.is(Names.ENVELOPE);
    }

    @Override
    public @Nullable Binding bind(Parameter parameter, Consumer<Problem> problems) {
        if (parameter.type().kind() != Type.Kind.PARAMETERIZED_TYPE) {
            problems.accept(parameter.problem(Rule.UNSUPPORTED_PARAMETER,
                    parameter + " does not say what the envelope holds",
                    "Add the type of its payload, as in Envelope<Order>"));
            return null;
        }
        return new Binding(Payload.of(parameter.type()), Binding.Role.PAYLOAD, (code, invoker, event) -> code
                .cast(code.invokeInterface(PayloadParameter.PAYLOAD, event), Envelope.class));
    }
}
