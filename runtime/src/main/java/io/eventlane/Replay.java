package io.eventlane;

/**
 * What a replay of dead letters has done.
 *
 * @param sentBack how many letters went back to their topics
 * @param refused how many were not wanted, and stay in the dead-letter topic
 * @param foreign how many records of the topic are no letters of Eventlane's; they are passed over, and stay where they are
 */
public record Replay(long sentBack, long refused, long foreign) {
}
