/**
 * The way out: from a payload to the receipt of its publication.
 */
@NullMarked
package io.eventlane.runtime.publish;

import org.jspecify.annotations.NullMarked;
