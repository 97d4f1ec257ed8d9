/**
 * The application of which the guarantee tests run several: its handler does what each event tells it to, and writes
 * down when.
 */
@NullMarked
package io.eventlane.it.guarantees;

import org.jspecify.annotations.NullMarked;
