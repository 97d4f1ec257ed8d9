package io.eventlane.channel;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.eventlane.EventlaneException;
import io.eventlane.Position;
import io.eventlane.spi.InboundRecord;

/**
 * Reads a dead-letter topic from where the last replay ended, and sends on what stands in it. Two runs of the same channel
 * do not overlap.
 */
public interface DeadLetterReplay {

    /**
     * Goes through all letters that are there now. Blocks. Where a letter went is acknowledged before the progress passes
     * it, and a letter is never overtaken by a later one of its lane.
     *
     * @param stop asked from time to time: the replay then fails
     * @throws EventlaneException when a letter was not acknowledged, or the broker does not answer
     * @throws InterruptedException when the thread is interrupted
     */
    void run(Sorter sorter, BooleanSupplier stop) throws InterruptedException;

    /** Where a letter goes. */
    sealed interface Way {

        /**
         * To a topic.
         *
         * @param partition taken where the topic has it
         * @param headers instead of the letter's
         */
        record To(String topic, int partition, List<Map.Entry<String, byte[]>> headers) implements Way {
        }

        /** To the end of its own partition, as it is. */
        record Stay() implements Way {
        }

        /** Nowhere. */
        record Pass() implements Way {
        }
    }

    /** Says where letters go, and hears of it. Called on the thread of {@link #run}, in the order of each partition. */
    interface Sorter {

        /** Called once for each letter. */
        Way sort(InboundRecord letter);

        /** Called right before a letter is sent. */
        void sending(InboundRecord letter, Way way);

        /**
         * Called when the broker has answered.
         *
         * @param at where the letter stands now; {@code null} when it was not sent, or nobody knows
         */
        void sent(InboundRecord letter, Way way, @Nullable Position at);
    }
}
