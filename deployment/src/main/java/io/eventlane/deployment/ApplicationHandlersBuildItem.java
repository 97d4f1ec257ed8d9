package io.eventlane.deployment;

import java.util.List;

import io.quarkus.builder.item.SimpleBuildItem;

/** All handlers of the application, once nothing is wrong with any of them. */
final class ApplicationHandlersBuildItem extends SimpleBuildItem {

    final List<Handler> handlers;

    ApplicationHandlersBuildItem(List<Handler> handlers) {
        this.handlers = handlers;
    }
}
