/**
 * The engine, in plain Java: it orders, limits, runs and tracks records, and knows neither Quarkus nor a broker.
 */
@NullMarked
package io.eventlane.engine;

import org.jspecify.annotations.NullMarked;
