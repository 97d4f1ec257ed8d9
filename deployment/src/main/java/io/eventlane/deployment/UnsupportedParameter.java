package io.eventlane.deployment;

import java.util.Map;
import java.util.function.Consumer;

import org.jboss.jandex.DotName;
import org.jspecify.annotations.Nullable;

import io.eventlane.EventBus;

/** Types that look like something to pass, but that no event carries. */
final class UnsupportedParameter implements ParameterKind {

    private static final String TAKE_PAYLOAD = "Take the payload itself: the handler runs once for each event";
    private static final String INJECT = "Inject it into the bean instead";

    private static final Map<DotName, String> MENDS = Map.of(
            DotName.createSimple("org.eclipse.microprofile.reactive.messaging.Metadata"),
            "Take an Event<?>, @Header or @Key parameter",
            DotName.createSimple("org.apache.kafka.clients.consumer.ConsumerRecords"), TAKE_PAYLOAD,
            DotName.createSimple(EventBus.class), INJECT,
            Names.EVENT_PUBLISHER, INJECT);

    @Override
    public boolean matches(Parameter parameter) {
        DotName name = parameter.type().name();
        return MENDS.containsKey(name) || Names.STREAMS.contains(name) || Names.ASYNCHRONOUS.contains(name);
    }

    @Override
    public @Nullable Binding bind(Parameter parameter, Consumer<Problem> problems) {
        problems.accept(parameter.problem(Rule.UNSUPPORTED_PARAMETER, parameter + " is nothing that an event carries",
                MENDS.getOrDefault(parameter.type().name(), TAKE_PAYLOAD)));
        return null;
    }
}
