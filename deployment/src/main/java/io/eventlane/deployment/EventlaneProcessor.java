package io.eventlane.deployment;

import io.eventlane.runtime.lifecycle.EventlaneBeans;
import io.eventlane.runtime.lifecycle.EventlaneLifecycle;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.FeatureBuildItem;

/** What the extension is. */
final class EventlaneProcessor {

    private static final String FEATURE = "eventlane";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    @BuildStep
    AdditionalBeanBuildItem beans() {
        return new AdditionalBeanBuildItem(EventlaneBeans.class, EventlaneLifecycle.class);
    }

    @BuildStep
    ConnectorBuildItem kafka() {
        return new ConnectorBuildItem("kafka");
    }
}
