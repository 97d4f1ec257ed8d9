/**
 * The API of Eventlane: what an application imports.
 * <p>
 * Handlers carry {@code org.eclipse.microprofile.reactive.messaging.Incoming}; everything else that a handler or a
 * publisher needs is here.
 */
@NullMarked
package io.eventlane;

import org.jspecify.annotations.NullMarked;
