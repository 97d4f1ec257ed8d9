package io.eventlane.runtime.lifecycle;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import jakarta.enterprise.inject.Any;
import jakarta.inject.Singleton;

import io.eventlane.spi.FailureHandler;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;
import io.smallrye.common.annotation.Identifier;

/** The application's failure handlers, by their {@code @Identifier}. One without is used by no channel. */
@Singleton
public class FailureHandlers {

    private final Map<String, FailureHandler> byName = new TreeMap<>();

    FailureHandlers() {
        for (InstanceHandle<FailureHandler> handler : Arc.container().listAll(FailureHandler.class, Any.Literal.INSTANCE)) {
            handler.getBean().getQualifiers().stream()
                    .filter(Identifier.class::isInstance)
                    .map(qualifier -> ((Identifier) qualifier).value())
                    .forEach(name -> byName.put(name, handler.get()));
        }
    }

    Set<String> names() {
        return byName.keySet();
    }

    Map<String, FailureHandler> byName() {
        return byName;
    }
}
