/**
 * Dev mode: an event takes effect of an edit as a request does.
 */
@NullMarked
package io.eventlane.runtime.devmode;

import org.jspecify.annotations.NullMarked;
