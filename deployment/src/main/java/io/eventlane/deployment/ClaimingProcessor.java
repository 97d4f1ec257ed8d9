package io.eventlane.deployment;

import org.jboss.jandex.AnnotationTransformation;

import io.eventlane.runtime.EventlaneBuildTimeConfig;
import io.eventlane.runtime.EventlaneBuildTimeConfig.Channel;
import io.quarkus.arc.deployment.AnnotationsTransformerBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.execannotations.ExecutionModelAnnotationsAllowedBuildItem;

/** Decides which handler methods are ours, and hides those from quarkus-messaging. */
final class ClaimingProcessor {

    @BuildStep
    ClaimsBuildItem claims(Capabilities capabilities, EventlaneBuildTimeConfig config) {
        return new ClaimsBuildItem(capabilities.isPresent(Capability.MESSAGING)
                ? Claims.only(channel -> {
                    Channel configured = config.incoming().get(channel);
                    return configured != null && configured.connector().isPresent();
                })
                : Claims.everything());
    }

    @BuildStep
    void hide(ClaimsBuildItem item, BuildProducer<AnnotationsTransformerBuildItem> transformers) {
        Claims claims = item.claims;
        if (claims.isShared()) {
            transformers.produce(new AnnotationsTransformerBuildItem(AnnotationTransformation.forMethods()
                    .whenMethod(claims::isOurs)
                    .transform(context -> context.remove(
                            annotation -> Names.MESSAGING_ANNOTATIONS.contains(annotation.name())))));
        }
    }

    @BuildStep
    ExecutionModelAnnotationsAllowedBuildItem executionModel(ClaimsBuildItem item) {
        return new ExecutionModelAnnotationsAllowedBuildItem(item.claims::isOurs);
    }
}
