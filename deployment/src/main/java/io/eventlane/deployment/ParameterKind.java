package io.eventlane.deployment;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/** A kind of handler parameter. */
interface ParameterKind {

    /** All kinds. The first that matches decides; the last one matches everything. */
    List<ParameterKind> ALL = List.of(
            new KeyParameter(),
            new HeaderParameter(),
            new EventParameter(),
            new MessageParameter(),
            new EnvelopeParameter(),
            new BrokerRecordParameter(),
            new UnsupportedParameter(),
            new PayloadParameter());

    static @Nullable Binding bindFirst(Parameter parameter, Consumer<Problem> problems) {
        for (ParameterKind kind : ALL) {
            if (kind.matches(parameter)) {
                return kind.bind(parameter, problems);
            }
        }
        throw new IllegalStateException("No kind matches " + parameter);
    }

    boolean matches(Parameter parameter);

    /**
     * @return {@code null} when a problem was reported
     */
    @Nullable
    Binding bind(Parameter parameter, Consumer<Problem> problems);
}
