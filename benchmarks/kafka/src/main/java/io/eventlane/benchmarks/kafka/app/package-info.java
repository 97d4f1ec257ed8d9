/** The measured application: every way to consume the topic, of which one is active per process. */
@NullMarked
package io.eventlane.benchmarks.kafka.app;

import org.jspecify.annotations.NullMarked;
