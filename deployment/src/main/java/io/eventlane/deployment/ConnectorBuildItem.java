package io.eventlane.deployment;

import io.quarkus.builder.item.MultiBuildItem;

/** A connector that channels may name. */
public final class ConnectorBuildItem extends MultiBuildItem {

    private final String name;

    public ConnectorBuildItem(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }
}
