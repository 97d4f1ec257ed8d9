/**
 * The configuration: what may be set, what it defaults to, and what is refused.
 */
@NullMarked
package io.eventlane.runtime.config;

import org.jspecify.annotations.NullMarked;
