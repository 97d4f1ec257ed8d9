package io.eventlane.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import jakarta.enterprise.inject.spi.DeploymentException;

import io.quarkus.deployment.annotations.BuildStep;

/** Ends the build when there are problems, with all of them at once. */
final class ValidationProcessor {

    @BuildStep
    ApplicationHandlersBuildItem validate(List<HandlerBuildItem> items, List<ProblemBuildItem> found) {
        List<Handler> handlers = items.stream().map(item -> item.handler).sorted(Handler.ORDER).toList();
        List<Problem> problems = new ArrayList<>(found.stream().map(item -> item.problem).toList());
        problems.addAll(AmbiguousHandlers.find(handlers));
        if (!problems.isEmpty()) {
            throw new DeploymentException(report(problems));
        }
        return new ApplicationHandlersBuildItem(handlers);
    }

    private static String report(List<Problem> problems) {
        List<Problem> distinct = problems.stream().distinct().sorted().toList();
        return distinct.stream().map(Problem::toString).collect(Collectors.joining("\n  ",
                distinct.size() == 1 ? "Eventlane found a problem:\n  "
                        : "Eventlane found " + distinct.size() + " problems:\n  ",
                ""));
    }
}
