package io.eventlane.deployment;

import java.util.ArrayList;
import java.util.List;

import org.jboss.jandex.IndexView;

import io.quarkus.arc.deployment.ArcConfig;
import io.quarkus.arc.deployment.BeanArchiveIndexBuildItem;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.ExcludedTypeBuildItem;
import io.quarkus.arc.deployment.TransformedAnnotationsBuildItem;
import io.quarkus.arc.processor.BeanInfo;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;

/** Finds the handlers, and those that look like one and are none. */
final class HandlerDiscoveryProcessor {

    @BuildStep
    void discover(ClaimsBuildItem claims, BeanDiscoveryFinishedBuildItem beans, BeanArchiveIndexBuildItem beanArchive,
            TransformedAnnotationsBuildItem annotations, ArcConfig arc, List<ExcludedTypeBuildItem> excludedTypes,
            BuildProducer<HandlerBuildItem> handlers, BuildProducer<ProblemBuildItem> problems) {
        IndexView index = beanArchive.getIndex();
        HandlerDiscovery discovery = new HandlerDiscovery(index, claims.claims,
                handler -> handlers.produce(new HandlerBuildItem(handler)),
                problem -> problems.produce(new ProblemBuildItem(problem)));
        for (BeanInfo bean : beans.beanStream().classBeans()) {
            discovery.visit(bean.getIdentifier(), bean.getTarget().orElseThrow().asClass());
        }
        List<String> excluded = new ArrayList<>(arc.excludeTypes().orElse(List.of()));
        excludedTypes.forEach(type -> excluded.add(type.getMatch()));
        new DeadHandlers(index, claims.claims, discovery::isVisited,
                new SwitchedOff(annotations, beanArchive.getImmutableIndex(), excluded))
                .find(problem -> problems.produce(new ProblemBuildItem(problem)));
    }
}
