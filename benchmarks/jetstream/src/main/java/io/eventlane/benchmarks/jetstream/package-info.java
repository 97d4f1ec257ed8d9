/** The driver: starts the server, fills the streams, runs one process per measurement and prints the table. */
@NullMarked
package io.eventlane.benchmarks.jetstream;

import org.jspecify.annotations.NullMarked;
