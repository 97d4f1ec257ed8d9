/** The measured application: the arms of the bare client and of Eventlane, of which one is active per process. */
@NullMarked
package io.eventlane.benchmarks.jetstream.app;

import org.jspecify.annotations.NullMarked;
