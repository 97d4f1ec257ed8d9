/** The measured application with the arms of quarkus-messaging-nats-jetstream, of which one is active per process. */
@NullMarked
package io.eventlane.benchmarks.jetstream.peer;

import org.jspecify.annotations.NullMarked;
