package io.eventlane.deployment;

import org.jspecify.annotations.Nullable;

import io.quarkus.gizmo2.Expr;
import io.quarkus.gizmo2.Var;
import io.quarkus.gizmo2.creator.BlockCreator;

/**
 * How a parameter gets its argument.
 *
 * @param payload what it wants the record decoded to; {@code null} where it does not care
 * @param role what it is to the handler
 * @param argument writes the code of the argument
 */
record Binding(@Nullable Payload payload, Role role, Argument argument) {

    /** Nothing that depends on the payload. */
    static Binding of(Argument argument) {
        return new Binding(null, Role.OTHER, argument);
    }

    /** A handler has at most one parameter of each role but the last. */
    enum Role {
        /** The payload itself. */
        PAYLOAD,
        /** What the handler acknowledges the event with. */
        MESSAGE,
        /** Anything else, an {@link io.eventlane.Event} too. */
        OTHER
    }

    /** A piece of the generated invoker. */
    @FunctionalInterface
    interface Argument {

        /**
         * @param invoker the generated {@link io.eventlane.runtime.HandlerInvoker} itself
         * @param event its {@link io.eventlane.Event}
         */
        Expr write(BlockCreator code, Expr invoker, Var event);
    }
}
