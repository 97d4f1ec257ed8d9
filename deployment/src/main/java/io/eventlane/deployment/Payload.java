package io.eventlane.deployment;

import java.util.List;

import org.jboss.jandex.ArrayType;
import org.jboss.jandex.PrimitiveType;
import org.jboss.jandex.Type;

/**
 * What the payload of a record is decoded to.
 *
 * @param type never primitive; inside an envelope, the type of the envelope's payload
 * @param envelope whether an {@link io.eventlane.Envelope} is around it
 */
record Payload(Type type, boolean envelope) {

    /** What a handler gets that wants no payload: nothing is decoded. */
    static final Payload BYTES = plain(ArrayType.create(PrimitiveType.BYTE, 1));

    static Payload plain(Type type) {
        return new Payload(type.kind() == Type.Kind.PRIMITIVE ? PrimitiveType.box(type.asPrimitiveType()) : type, false);
    }

    /** The payload that a type argument stands for: an envelope with what is in it, or the type itself. */
    static Payload of(Type type) {
        return type.name().equals(Names.ENVELOPE) ? new Payload(argument(type), true) : plain(type);
    }

    private static Type argument(Type envelope) {
        List<Type> arguments = envelope.kind() == Type.Kind.PARAMETERIZED_TYPE
                ? envelope.asParameterizedType().arguments()
                : List.of();
        return arguments.isEmpty() ? Type.create(Names.OBJECT, Type.Kind.CLASS) : arguments.getFirst();
    }
}
