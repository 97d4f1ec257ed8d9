package io.eventlane.deployment;

import io.quarkus.builder.item.MultiBuildItem;

/** A broken rule that some step found; all of them are reported together. */
final class ProblemBuildItem extends MultiBuildItem {

    final Problem problem;

    ProblemBuildItem(Problem problem) {
        this.problem = problem;
    }
}
