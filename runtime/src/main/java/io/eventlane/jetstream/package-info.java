/**
 * The connector to NATS JetStream: one connection, sources that fetch, an outbound that publishes, and the streams between.
 */
@NullMarked
package io.eventlane.jetstream;

import org.jspecify.annotations.NullMarked;
