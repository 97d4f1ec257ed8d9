package io.eventlane.deployment;

import org.jboss.jandex.Type;

import io.quarkus.builder.item.MultiBuildItem;

/** An injected {@link io.eventlane.EventPublisher}. */
final class PublisherBuildItem extends MultiBuildItem {

    final Publisher publisher;

    PublisherBuildItem(Publisher publisher) {
        this.publisher = publisher;
    }

    /**
     * @param payload the type argument
     * @param where the injection point, for messages
     */
    record Publisher(String channel, Type payload, String where) {
    }
}
