/**
 * The way in: from a record to the application's method and back.
 */
@NullMarked
package io.eventlane.runtime.invoke;

import org.jspecify.annotations.NullMarked;
