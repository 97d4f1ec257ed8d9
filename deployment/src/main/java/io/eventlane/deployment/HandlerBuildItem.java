package io.eventlane.deployment;

import io.quarkus.builder.item.MultiBuildItem;

/** A handler that is valid on its own. */
final class HandlerBuildItem extends MultiBuildItem {

    final Handler handler;

    HandlerBuildItem(Handler handler) {
        this.handler = handler;
    }
}
