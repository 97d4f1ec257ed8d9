package io.eventlane.runtime.config;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.eventlane.channel.NearestName;

/** Finds attributes that a channel's connector does not read. */
public final class AttributeChecks {

    private final List<ConnectorAttributes> connectors;
    private final Problems problems = new Problems();

    /**
     * @param connectors all there are
     */
    public AttributeChecks(List<ConnectorAttributes> connectors) {
        this.connectors = List.copyOf(connectors);
    }

    /** Checks channels of one connector. */
    public void incoming(String connector, Collection<IncomingSettings> channels) {
        for (IncomingSettings channel : channels) {
            Set<String> attributes = new TreeSet<>(channel.attributes().keySet());
            channel.failures().deadLetterAttributes().keySet()
                    .forEach(name -> attributes.add(FailureChecks.DEAD_LETTER_QUEUE + name));
            check(connector, Settings.incomingPrefix(channel.channel()), attributes, Settings.INCOMING,
                    ConnectorAttributes::incoming);
        }
    }

    /** As {@link #incoming}. */
    public void outgoing(String connector, Collection<OutgoingSettings> channels) {
        for (OutgoingSettings channel : channels) {
            check(connector, Settings.outgoingPrefix(channel.channel()), channel.attributes().keySet(), Settings.OUTGOING,
                    ConnectorAttributes::outgoing);
        }
    }

    /**
     * @throws io.quarkus.runtime.configuration.ConfigurationException naming every property that is not read
     */
    public void throwIfAny() {
        problems.throwIfAny();
    }

    private void check(String connector, String prefix, Set<String> attributes, Set<String> ofAll,
            Function<ConnectorAttributes, Set<String>> names) {
        ConnectorAttributes own = connectors.stream().filter(one -> one.connector().equals(connector)).findFirst()
                .orElseThrow();
        for (String attribute : new TreeSet<>(attributes)) {
            if (names.apply(own).contains(attribute)) {
                continue;
            }
            List<String> readers = connectors.stream().filter(other -> names.apply(other).contains(attribute))
                    .map(ConnectorAttributes::connector).sorted().toList();
            if (!readers.isEmpty()) {
                problems.add(prefix + attribute, "is not read by the connector %s, which the channel is on, but by %s"
                        .formatted(connector, String.join(" and ", readers)));
            } else if (!own.passesOn()) {
                Set<String> known = new TreeSet<>(ofAll);
                known.addAll(names.apply(own));
                problems.add(prefix + attribute, "is not known to the connector " + connector
                        + nearest(attribute, known).map(near -> "; did you mean " + prefix + near + "?").orElse(""));
            }
        }
    }

    /** Of a group of attributes, what all of it have in common says nothing. */
    private static Optional<String> nearest(String attribute, Set<String> known) {
        int tail = attribute.indexOf('.') + 1;
        String group = attribute.substring(0, tail);
        Set<String> ofGroup = known.stream().filter(name -> name.startsWith(group)).map(name -> name.substring(tail))
                .collect(Collectors.toSet());
        return ofGroup.isEmpty() ? NearestName.of(attribute, known)
                : NearestName.of(attribute.substring(tail), ofGroup).map(group::concat);
    }
}
