package io.eventlane.deployment;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

/** What handlers return. */
final class Results {

    /** Each element of these is published as an event of its own. */
    private static final Set<DotName> COLLECTIONS = Set.of(
            DotName.createSimple("java.util.Collection"),
            DotName.createSimple("java.util.SequencedCollection"),
            DotName.createSimple("java.util.List"),
            DotName.createSimple("java.util.ArrayList"),
            DotName.createSimple("java.util.Set"),
            DotName.createSimple("java.util.SequencedSet"),
            DotName.createSimple("java.util.LinkedHashSet"));

    private static final Type OBJECT = Type.create(Names.OBJECT, Type.Kind.CLASS);

    private Results() {
    }

    /**
     * Checks the return type of a handler that publishes nothing.
     */
    static void checkIgnored(MethodInfo method, Type type, Consumer<Problem> problems) {
        if (type.kind() == Type.Kind.VOID || Names.ASYNCHRONOUS.contains(type.name())) {
            return;
        }
        problems.accept(Problem.of(Rule.UNSUPPORTED_RETURN_TYPE, method,
                "the handler returns " + type + ", but nothing is done with it",
                "Publish it with @Outgoing, or return void, Uni<Void> or CompletionStage<Void>"));
    }

    /**
     * Checks the return type of a handler with {@code @Outgoing}.
     *
     * @return the type of each published payload; {@code null} where that is a problem, or unknown
     */
    static @Nullable Type published(MethodInfo method, Type type, Consumer<Problem> problems) {
        Type awaited = Names.ASYNCHRONOUS.contains(type.name()) ? argument(type) : type;
        if (awaited.kind() == Type.Kind.VOID || awaited.name().equals(Names.VOID)) {
            problems.accept(Problem.of(Rule.UNSUPPORTED_RETURN_TYPE, method,
                    "the handler has @Outgoing, but returns " + type + ": there is nothing to publish",
                    "Return the payload, or remove @Outgoing"));
            return null;
        }
        Type element = COLLECTIONS.contains(awaited.name()) ? argument(awaited) : awaited;
        Type payload = Payload.of(element).type();
        if (!isPublishable(element) || !isPublishable(payload)) {
            problems.accept(Problem.of(Rule.UNSUPPORTED_RETURN_TYPE, method,
                    "the handler has @Outgoing, but returns " + type,
                    "Return a payload, an Envelope, a collection of them, or a Uni or CompletionStage of one of these"));
            return null;
        }
        return payload.name().equals(Names.OBJECT) || Hierarchy.isUnresolved(payload) ? null : payload;
    }

    private static boolean isPublishable(Type type) {
        return !Names.STREAMS.contains(type.name()) && !Names.ASYNCHRONOUS.contains(type.name())
                && !type.name().equals(Names.MESSAGE);
    }

    private static Type argument(Type generic) {
        List<Type> arguments = generic.kind() == Type.Kind.PARAMETERIZED_TYPE
                ? generic.asParameterizedType().arguments()
                : List.of();
        return arguments.isEmpty() ? OBJECT : arguments.getFirst();
    }
}
