package io.eventlane.deployment;

/** The names of build-time properties, as one writes them. */
final class Properties {

    static final String CONNECTOR = "quarkus.eventlane.connector";

    private Properties() {
    }

    static String incomingConnector(String channel) {
        return "quarkus.eventlane.incoming." + quoted(channel) + ".connector";
    }

    static String outgoingConnector(String channel) {
        return "quarkus.eventlane.outgoing." + quoted(channel) + ".connector";
    }

    private static String quoted(String channel) {
        return channel.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_')
                ? channel
                : "\"" + channel + "\"";
    }
}
