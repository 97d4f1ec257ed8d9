package io.eventlane.deployment;

import io.eventlane.runtime.lifecycle.DrainListener;
import io.eventlane.runtime.lifecycle.EventlaneBeans;
import io.eventlane.runtime.lifecycle.EventlaneLifecycle;
import io.eventlane.runtime.lifecycle.FailureHandlers;
import io.eventlane.spi.FailureHandler;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.ShutdownListenerBuildItem;

/** What the extension is. */
final class EventlaneProcessor {

    private static final String FEATURE = "eventlane";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    @BuildStep
    AdditionalBeanBuildItem beans() {
        return new AdditionalBeanBuildItem(EventlaneBeans.class, EventlaneLifecycle.class, FailureHandlers.class);
    }

    /** Looked up by name at start. */
    @BuildStep
    UnremovableBeanBuildItem failureHandlers() {
        return UnremovableBeanBuildItem.beanTypes(FailureHandler.class);
    }

    @BuildStep
    ShutdownListenerBuildItem drain() {
        return new ShutdownListenerBuildItem(new DrainListener());
    }

    @BuildStep
    ConnectorBuildItem kafka() {
        return new ConnectorBuildItem("kafka");
    }

    @BuildStep
    ConnectorBuildItem jetStream() {
        return new ConnectorBuildItem("jetstream");
    }

    @BuildStep
    ConnectorBuildItem memory() {
        return new ConnectorBuildItem("memory");
    }
}
