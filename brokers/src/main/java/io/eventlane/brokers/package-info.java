/**
 * Real brokers as child processes, for tests, benchmarks and the demo.
 */
@NullMarked
package io.eventlane.brokers;

import org.jspecify.annotations.NullMarked;
