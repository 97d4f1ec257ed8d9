package io.eventlane.runtime.config;

import java.util.Set;

/**
 * The attributes of channels that a connector reads beside those that {@linkplain Settings every} connector does.
 *
 * @param connector its name
 * @param incoming the names of an incoming channel's
 * @param outgoing the names of an outgoing channel's
 * @param passesOn whether it passes other attributes on to its client, and says itself which of them are not known
 */
public record ConnectorAttributes(String connector, Set<String> incoming, Set<String> outgoing, boolean passesOn) {
}
