/** The driver: starts the broker, fills the topics, runs one process per measurement and prints the table. */
@NullMarked
package io.eventlane.benchmarks.kafka;

import org.jspecify.annotations.NullMarked;
