package io.eventlane.deployment;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.eventlane.runtime.ChannelPlan;

/** Chooses the connector of each channel. */
final class Connectors {

    private static final String FALLBACK = "kafka";

    /**
     * What the properties say.
     *
     * @param explicitDefault {@code quarkus.eventlane.connector}
     * @param incoming channel to connector, where one is named
     * @param outgoing channel to connector, where one is named
     */
    record Configured(Optional<String> explicitDefault, Map<String, String> incoming, Map<String, String> outgoing) {
    }

    /**
     * A channel that something uses.
     *
     * @param where what uses it, for messages
     */
    record Use(String channel, String where) {
    }

    private final SortedSet<String> known;
    private final Configured configured;
    private final Consumer<Problem> problems;
    private final Set<String> named;

    Connectors(Collection<String> known, Configured configured, Consumer<Problem> problems) {
        this.known = new TreeSet<>(known);
        this.configured = configured;
        this.problems = problems;
        this.named = new TreeSet<>(configured.incoming().values());
        named.addAll(configured.outgoing().values());
    }

    ChannelPlan plan(Stream<Use> incoming, Stream<Use> outgoing) {
        configured.explicitDefault().ifPresent(connector -> checkKnown(Properties.CONNECTOR, connector));
        configured.incoming().forEach((channel, connector) -> checkKnown(Properties.incomingConnector(channel), connector));
        configured.outgoing().forEach((channel, connector) -> checkKnown(Properties.outgoingConnector(channel), connector));
        Map<String, String> in = new TreeMap<>();
        incoming.forEach(use -> put(use, configured.incoming(), Properties.incomingConnector(use.channel()), in));
        Map<String, String> out = new TreeMap<>(configured.outgoing());
        outgoing.forEach(use -> put(use, configured.outgoing(), Properties.outgoingConnector(use.channel()), out));
        return ChannelPlan.of(in, out, defaultConnector());
    }

    private void put(Use use, Map<String, String> names, String property, Map<String, String> plan) {
        String connector = names.get(use.channel());
        if (connector == null) {
            connector = defaultConnector();
        }
        if (connector != null) {
            plan.put(use.channel(), connector);
            return;
        }
        problems.accept(new Problem(Rule.UNDECIDED_CONNECTOR, use.where(),
                "channel \"" + use.channel() + "\" names no connector, while other channels name several: "
                        + String.join(", ", named),
                "Set " + property + ", or " + Properties.CONNECTOR + " for all channels that name none"));
    }

    private @Nullable String defaultConnector() {
        return configured.explicitDefault().orElseGet(() -> switch (named.size()) {
            case 0 -> FALLBACK;
            case 1 -> named.iterator().next();
            default -> null;
        });
    }

    private void checkKnown(String property, String connector) {
        if (!known.contains(connector)) {
            problems.accept(new Problem(Rule.UNKNOWN_CONNECTOR, property,
                    "there is no connector \"" + connector + "\"", "Use one of: " + String.join(", ", known)));
        }
    }
}
