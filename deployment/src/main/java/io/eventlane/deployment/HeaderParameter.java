package io.eventlane.deployment;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.eventlane.Event;
import io.quarkus.gizmo2.Const;
import io.quarkus.gizmo2.desc.MethodDesc;

/** {@code @Header("X-Region") String region}. */
final class HeaderParameter implements ParameterKind {

    private static final MethodDesc HEADER = MethodDesc.of(Event.class, "header", String.class, String.class);

    @Override
    public boolean matches(Parameter parameter) {
        return parameter.isAnnotated(Names.HEADER);
    }

    @Override
    public @Nullable Binding bind(Parameter parameter, Consumer<Problem> problems) {
        String name = parameter.declaration().annotation(Names.HEADER).value().asString();
        if (name.isBlank()) {
            problems.accept(parameter.problem(Rule.BLANK_NAME, "@Header of " + parameter + " has a blank name",
                    "Name the header"));
            return null;
        }
        if (!parameter.is(Names.STRING)) {
            problems.accept(parameter.problem(Rule.UNSUPPORTED_PARAMETER,
                    "@Header(\"" + name + "\") stands on " + parameter, "Declare the parameter as String"));
            return null;
        }
        return Binding.of((code, invoker, event) -> code.invokeInterface(HEADER, event, Const.of(name)));
    }
}
