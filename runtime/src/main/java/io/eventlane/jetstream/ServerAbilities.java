package io.eventlane.jetstream;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.nats.client.Connection;

/**
 * What a server is able to do, by its version. Servers before 2.9 are not supported.
 *
 * @param version as the server says, such as {@code 2.10.27} or {@code 2.12.0-preview.1}
 */
record ServerAbilities(String version, int major, int minor) {

    /** Something that not every server is able to do. */
    enum Ability {
        /** Streams whose files are compressed. */
        COMPRESSION(10),
        /** Streams that rename subjects as they store them, which partitions are made with. */
        SUBJECT_TRANSFORM(10),
        /**
         * Streams in files that refuse events when they have as many bytes as they may. A server without it drops the oldest
         * ones, whatever its stream's {@code discard} says, as 2.9.10 was seen to do.
         */
        REFUSING_BY_SIZE(10),
        /** Consumers with priority groups: overflow and pinned clients. */
        PRIORITY_GROUPS(11);

        private final int minor;

        Ability(int minor) {
            this.minor = minor;
        }

        /** The first version that has it, such as {@code 2.10}. */
        String since() {
            return "2." + minor;
        }
    }

    private static final Pattern VERSION = Pattern.compile("v?(\\d{1,9})\\.(\\d{1,9}).*");

    /** A version that nobody can read counts as one that is able to do nothing new. */
    static ServerAbilities of(String version) {
        Matcher matcher = VERSION.matcher(version);
        return matcher.matches()
                ? new ServerAbilities(version, Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                : new ServerAbilities(version, 0, 0);
    }

    /** Of the server that is connected to, or was last. */
    static ServerAbilities of(Connection connection) {
        return of(connection.getServerInfo().getVersion());
    }

    boolean has(Ability ability) {
        return major > 2 || major == 2 && minor >= ability.minor;
    }
}
