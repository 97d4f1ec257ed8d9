package io.eventlane.deployment;

import io.quarkus.builder.item.SimpleBuildItem;

/** The decision which handler methods are ours. */
final class ClaimsBuildItem extends SimpleBuildItem {

    final Claims claims;

    ClaimsBuildItem(Claims claims) {
        this.claims = claims;
    }
}
