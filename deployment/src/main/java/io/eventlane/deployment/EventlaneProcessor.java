package io.eventlane.deployment;

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
    ConnectorBuildItem kafka() {
        return new ConnectorBuildItem("kafka");
    }
}
