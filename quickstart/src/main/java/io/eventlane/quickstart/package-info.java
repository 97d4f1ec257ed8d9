/**
 * An order service. Start reading at {@code OrderResource}, which publishes, and {@code OrderHandlers}, which handle.
 */
@NullMarked
package io.eventlane.quickstart;

import org.jspecify.annotations.NullMarked;
