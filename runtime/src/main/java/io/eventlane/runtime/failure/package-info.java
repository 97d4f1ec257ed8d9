/**
 * What becomes of events that fail: whether they are tried again, and what follows when they are not.
 */
@NullMarked
package io.eventlane.runtime.failure;

import org.jspecify.annotations.NullMarked;
