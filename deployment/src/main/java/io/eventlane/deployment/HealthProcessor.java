package io.eventlane.deployment;

import java.util.stream.Stream;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.IndexView;

import io.eventlane.runtime.EventlaneBuildTimeConfig;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.smallrye.health.deployment.spi.HealthBuildItem;

/** Health checks, for applications that have channels. Without SmallRye Health nobody takes them. */
final class HealthProcessor {

    private static final String CHECKS = "io.eventlane.runtime.health.";

    @BuildStep
    void checks(CombinedIndexBuildItem index, ClaimsBuildItem claims, EventlaneBuildTimeConfig config,
            BuildProducer<HealthBuildItem> checks) {
        if (hasChannels(index.getIndex(), claims.claims)) {
            // By name: these classes cannot be loaded where SmallRye Health is not there.
            Stream.of("EventlaneLivenessCheck", "EventlaneReadinessCheck", "EventlaneStartupCheck")
                    .forEach(check -> checks.produce(new HealthBuildItem(CHECKS + check, config.healthEnabled())));
        }
    }

    /** As the annotations look: the checks are beans, and the channels are only known once there are beans. */
    private static boolean hasChannels(IndexView index, Claims claims) {
        return !index.getAnnotations(Names.PUBLISH_TO).isEmpty()
                || Stream.of(Names.INCOMING, Names.INCOMINGS)
                        .flatMap(annotation -> index.getAnnotations(annotation).stream())
                        .map(AnnotationInstance::target)
                        .anyMatch(target -> claims.isOurs(target.asMethod()));
    }
}
