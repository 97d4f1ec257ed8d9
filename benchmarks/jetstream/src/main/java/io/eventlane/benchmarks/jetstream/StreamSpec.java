package io.eventlane.benchmarks.jetstream;

import io.eventlane.benchmarks.common.Keys;

/**
 * A stream of a topic.
 *
 * @param name its name, which is its subject too
 * @param records that it gets
 * @param keys that they are spread over
 * @param bytes of each payload
 */
record StreamSpec(String name, int records, Keys keys, int bytes) {
}
