/**
 * Every kind of payload, parameter and result, on a real broker and packaged.
 */
@NullMarked
package io.eventlane.it.kafka;

import org.jspecify.annotations.NullMarked;
