/**
 * Computes from a journal what was lost, doubled or out of order. It knows the journal's format and nothing else.
 */
@NullMarked
package io.eventlane.demo.check;

import org.jspecify.annotations.NullMarked;
