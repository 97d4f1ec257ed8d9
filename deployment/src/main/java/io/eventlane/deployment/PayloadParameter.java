package io.eventlane.deployment;

import java.util.function.Consumer;

import org.jboss.jandex.Type;
import org.jboss.jandex.gizmo2.Jandex2Gizmo;
import org.jspecify.annotations.Nullable;

import io.eventlane.Event;
import io.eventlane.runtime.HandlerInvoker;
import io.quarkus.gizmo2.desc.MethodDesc;

/** {@code Order order}: any type that no other kind claims. */
final class PayloadParameter implements ParameterKind {

    static final MethodDesc PAYLOAD = MethodDesc.of(Event.class, "payload", Object.class);

    private static final MethodDesc REQUIRE_PAYLOAD = MethodDesc.of(HandlerInvoker.class, "requirePayload", Object.class,
            Event.class);

    @Override
    public boolean matches(Parameter parameter) {
        return true;
    }

    @Override
    public @Nullable Binding bind(Parameter parameter, Consumer<Problem> problems) {
        Payload payload = Payload.plain(parameter.type());
        return new Binding(payload, Binding.Role.PAYLOAD, parameter.type().kind() == Type.Kind.PRIMITIVE
                ? (code, invoker, event) -> code.unbox(code.cast(
                        code.invokeVirtual(REQUIRE_PAYLOAD, invoker, event),
                        Jandex2Gizmo.classDescOf(payload.type())))
                : (code, invoker, event) -> code.cast(code.invokeInterface(PAYLOAD, event),
                        Jandex2Gizmo.classDescOf(parameter.type())));
    }
}
