package io.eventlane.spi;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How a channel is doing. An immutable snapshot.
 *
 * @param connector such as {@code kafka}
 * @param facts what there is to say whether or not anything is wrong, each a text, a number or a boolean; in the order
 *        in which a person should read it
 * @param troubles what is wrong at the moment; empty when all is well
 */
public record ChannelStatus(String channel, String connector, Map<String, Object> facts, List<Trouble> troubles) {

    public ChannelStatus {
        troubles = List.copyOf(troubles);
    }

    /**
     * Something that is wrong.
     *
     * @param what what is wrong, where, and how to mend it, in one sentence
     * @param since when it began
     */
    public record Trouble(Severity severity, String what, Instant since) {
    }

    /** What a trouble means to whoever watches the application. */
    public enum Severity {
        /** The channel has not begun its work yet. */
        NOT_STARTED,
        /** Part of the channel's work does not get done; it goes on by itself when the cause is gone. */
        NOT_READY,
        /** Only a restart of the application helps. */
        DEAD
    }
}
