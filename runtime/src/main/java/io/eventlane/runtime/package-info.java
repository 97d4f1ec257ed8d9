/**
 * The Quarkus side: configuration, life cycle, publishing, and what generated code calls.
 */
@NullMarked
package io.eventlane.runtime;

import org.jspecify.annotations.NullMarked;
