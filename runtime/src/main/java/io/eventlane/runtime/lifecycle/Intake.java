package io.eventlane.runtime.lifecycle;

import io.eventlane.channel.IncomingChannel;
import io.eventlane.runtime.config.IncomingSettings;

/**
 * An incoming channel, put together.
 *
 * @param settings what its connector reads beside what every connector does
 */
record Intake(IncomingChannel channel, IncomingSettings settings) {
}
