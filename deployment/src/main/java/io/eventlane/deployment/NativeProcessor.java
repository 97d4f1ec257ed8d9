package io.eventlane.deployment;

import java.util.List;

import org.jboss.jandex.Type;

import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveHierarchyBuildItem;

/**
 * Registers the payload types for reflection, which JSON needs in a native executable. Generated code needs none.
 */
final class NativeProcessor {

    @BuildStep
    void registerPayloads(ApplicationHandlersBuildItem application, List<PublisherBuildItem> publishers,
            BuildProducer<ReflectiveHierarchyBuildItem> hierarchies) {
        for (Handler handler : application.handlers) {
            hierarchies.produce(hierarchy(handler.payload().type(), "payload of " + handler.description()));
            if (handler.result() != null) {
                hierarchies.produce(hierarchy(handler.result(), "result of " + handler.description()));
            }
        }
        for (PublisherBuildItem item : publishers) {
            Type payload = Payload.of(item.publisher.payload()).type();
            if (payload.kind() != Type.Kind.WILDCARD_TYPE && !Hierarchy.isUnresolved(payload)) {
                hierarchies.produce(hierarchy(payload, "published by " + item.publisher.where()));
            }
        }
    }

    private static ReflectiveHierarchyBuildItem hierarchy(Type type, String source) {
        return ReflectiveHierarchyBuildItem.builder(type).source(source).build();
    }
}
