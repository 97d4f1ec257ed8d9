package io.eventlane.deployment;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.eventlane.Event;
import io.quarkus.gizmo2.desc.MethodDesc;

/** {@code @Key String key}. */
final class KeyParameter implements ParameterKind {

    private static final MethodDesc KEY = MethodDesc.of(Event.class, "key", String.class);

    @Override
    public boolean matches(Parameter parameter) {
        return parameter.isAnnotated(Names.KEY);
    }

    @Override
    public @Nullable Binding bind(Parameter parameter, Consumer<Problem> problems) {
        if (!parameter.is(Names.STRING)) {
            problems.accept(parameter.problem(Rule.UNSUPPORTED_PARAMETER, "@Key stands on " + parameter,
                    "Declare the parameter as String"));
            return null;
        }
        return Binding.of((code, invoker, event) -> code.invokeInterface(KEY, event));
    }
}
