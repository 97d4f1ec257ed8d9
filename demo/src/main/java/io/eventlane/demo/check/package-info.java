/**
 * Sums up what a journal says of a run of the demo.
 */
@NullMarked
package io.eventlane.demo.check;

import org.jspecify.annotations.NullMarked;
