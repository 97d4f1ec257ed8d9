/**
 * Handlers that need a datasource and the bus, in an application that is told to stop while they run.
 */
@NullMarked
package io.eventlane.it.shutdown;

import org.jspecify.annotations.NullMarked;
