/**
 * What the incoming channels of every connector have in common: the engine with what a channel says about it, and how the
 * channel is doing.
 */
@NullMarked
package io.eventlane.channel;

import org.jspecify.annotations.NullMarked;
