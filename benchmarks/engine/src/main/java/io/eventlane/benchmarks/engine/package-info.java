/**
 * Benchmarks of the engine alone, without a broker.
 */
@NullMarked
package io.eventlane.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
