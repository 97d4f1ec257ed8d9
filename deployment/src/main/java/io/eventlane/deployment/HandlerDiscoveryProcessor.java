package io.eventlane.deployment;

import org.jboss.jandex.IndexView;

import io.quarkus.arc.deployment.BeanArchiveIndexBuildItem;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.processor.BeanInfo;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;

/** Finds the handlers. */
final class HandlerDiscoveryProcessor {

    @BuildStep
    void discover(ClaimsBuildItem claims, BeanDiscoveryFinishedBuildItem beans, BeanArchiveIndexBuildItem beanArchive,
            BuildProducer<HandlerBuildItem> handlers, BuildProducer<ProblemBuildItem> problems) {
        IndexView index = beanArchive.getIndex();
        HandlerDiscovery discovery = new HandlerDiscovery(index, claims.claims,
                handler -> handlers.produce(new HandlerBuildItem(handler)),
                problem -> problems.produce(new ProblemBuildItem(problem)));
        for (BeanInfo bean : beans.beanStream().classBeans()) {
            discovery.visit(bean.getIdentifier(), bean.getTarget().orElseThrow().asClass());
        }
    }
}
