package io.eventlane.deployment;

import java.util.stream.Stream;

import io.eventlane.runtime.EventlaneBuildTimeConfig;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.smallrye.health.deployment.spi.HealthBuildItem;

/** Health checks, for applications that have channels. Without SmallRye Health nobody takes them. */
final class HealthProcessor {

    private static final String CHECKS = "io.eventlane.runtime.health.";

    @BuildStep
    void checks(ChannelPlanBuildItem channels, EventlaneBuildTimeConfig config, BuildProducer<HealthBuildItem> checks) {
        if (channels.plan.incoming().isEmpty() && channels.plan.outgoing().isEmpty()) {
            return;
        }
        // By name: these classes cannot be loaded where SmallRye Health is not there.
        Stream.of("EventlaneLivenessCheck", "EventlaneReadinessCheck", "EventlaneStartupCheck")
                .forEach(check -> checks.produce(new HealthBuildItem(CHECKS + check, config.healthEnabled())));
    }
}
