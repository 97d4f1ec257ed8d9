package io.eventlane.deployment;

import java.util.List;
import java.util.function.Consumer;

import org.jboss.jandex.Type;
import org.jboss.jandex.gizmo2.Jandex2Gizmo;
import org.jspecify.annotations.Nullable;

import io.eventlane.Event;
import io.quarkus.gizmo2.Const;
import io.quarkus.gizmo2.desc.MethodDesc;

/** {@code ConsumerRecord<byte[], byte[]> record}. */
final class BrokerRecordParameter implements ParameterKind {

    private static final MethodDesc UNWRAP = MethodDesc.of(Event.class, "unwrap", Object.class, Class.class);

    @Override
    public boolean matches(Parameter parameter) {
        return parameter.is(Names.CONSUMER_RECORD);
    }

    @Override
    public @Nullable Binding bind(Parameter parameter, Consumer<Problem> problems) {
        if (!isOfBytes(parameter.type())) {
            problems.accept(parameter.problem(Rule.UNSUPPORTED_PARAMETER,
                    parameter + " is not the record that the broker delivers: keys and values are bytes, decoded only when the"
                            + " handler runs",
                    "Declare it as ConsumerRecord<byte[], byte[]>, and take the decoded payload and key as parameters beside it"));
            return null;
        }
        var record = Jandex2Gizmo.classDescOf(Names.CONSUMER_RECORD);
        return Binding.of((code, invoker, event) -> code
                .cast(code.invokeInterface(UNWRAP, event, Const.of(record)), record));
    }

    private static boolean isOfBytes(Type type) {
        if (type.kind() != Type.Kind.PARAMETERIZED_TYPE) {
            return false;
        }
        List<Type> arguments = type.asParameterizedType().arguments();
        return arguments.stream().allMatch(Payload.BYTES.type()::equals);
    }
}
