package io.eventlane.deployment.invalid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import jakarta.enterprise.inject.spi.DeploymentException;

import io.eventlane.deployment.handler.Application;
import io.quarkus.test.QuarkusUnitTest;

/** An application that must not build. */
public final class InvalidApplication {

    private InvalidApplication() {
    }

    /**
     * @param problems the complete text of each problem, without its indentation
     */
    public static QuarkusUnitTest of(String[] problems, Class<?>... classes) {
        return Application.of(classes)
                .withApplicationRoot(root -> root.addClasses(classes).addClasses(Application.class, InvalidApplication.class))
                .assertException(failure -> assertThat(failure)
                        .isInstanceOf(DeploymentException.class)
                        .message().isEqualToNormalizingNewlines(report(problems)));
    }

    public static void mustNotBuild() {
        fail("The application was built, although it is invalid");
    }

    private static String report(String[] problems) {
        String title = problems.length == 1 ? "Eventlane found a problem:"
                : "Eventlane found " + problems.length + " problems:";
        return title + "\n  " + String.join("\n  ", problems);
    }
}
