/**
 * Start and stop: puts the channels together from configuration, handlers and connectors, and takes them apart in
 * order.
 */
@NullMarked
package io.eventlane.runtime.lifecycle;

import org.jspecify.annotations.NullMarked;
