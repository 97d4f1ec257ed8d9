/**
 * The Kafka connector: one source, one outbound, and the only place that sees the Kafka client.
 */
@NullMarked
package io.eventlane.kafka;

import org.jspecify.annotations.NullMarked;
