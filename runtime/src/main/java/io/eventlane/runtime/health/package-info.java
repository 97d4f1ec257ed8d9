/**
 * Health checks: how the channels are doing, for whoever watches the application. The checks themselves need SmallRye
 * Health, which an application may have or not; {@link io.eventlane.runtime.health.ChannelStatuses} does not.
 */
@NullMarked
package io.eventlane.runtime.health;

import org.jspecify.annotations.NullMarked;
