/**
 * Payloads and envelopes as bytes.
 */
@NullMarked
package io.eventlane.runtime.codec;

import org.jspecify.annotations.NullMarked;
