package io.eventlane.deployment.invalid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.deployment.invalid.elsewhere.ForeignBase;
import io.quarkus.test.QuarkusUnitTest;

class InvalidForeignHandlerTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL004 io.eventlane.deployment.invalid.elsewhere.ForeignBase#onOrder: the handler is not public, but io.eventlane.deployment.invalid.InvalidForeignHandlerTest$Orders inherits it from another package. Make it public." },
            ForeignBase.class, Orders.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    static class Orders extends ForeignBase {
    }
}
