package io.eventlane.deployment;

import io.eventlane.runtime.ChannelPlan;
import io.quarkus.builder.item.SimpleBuildItem;

/** Every known channel with its connector. */
final class ChannelPlanBuildItem extends SimpleBuildItem {

    final ChannelPlan plan;

    ChannelPlanBuildItem(ChannelPlan plan) {
        this.plan = plan;
    }
}
