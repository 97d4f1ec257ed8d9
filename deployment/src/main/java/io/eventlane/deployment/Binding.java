package io.eventlane.deployment;

import org.jspecify.annotations.Nullable;

import io.quarkus.gizmo2.Expr;
import io.quarkus.gizmo2.Var;
import io.quarkus.gizmo2.creator.BlockCreator;

/**
 * How a parameter gets its argument.
 *
 * @param payload what it wants the record decoded to; {@code null} where it does not care
 * @param carriesPayload whether it is the payload itself, of which a handler has at most one; an
 *        {@link io.eventlane.Event} is not
 * @param argument writes the code of the argument
 */
record Binding(@Nullable Payload payload, boolean carriesPayload, Argument argument) {

    /** Nothing that depends on the payload. */
    static Binding of(Argument argument) {
        return new Binding(null, false, argument);
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
