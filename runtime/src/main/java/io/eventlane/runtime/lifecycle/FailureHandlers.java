package io.eventlane.runtime.lifecycle;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import jakarta.enterprise.inject.Any;
import jakarta.inject.Singleton;

import io.eventlane.runtime.invoke.RequestScope;
import io.eventlane.spi.FailureHandler;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.runtime.configuration.ConfigurationException;
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
                    .forEach(name -> add(name, handler));
        }
    }

    private void add(String name, InstanceHandle<FailureHandler> handler) {
        FailureHandler other = byName.putIfAbsent(name, handler.get());
        if (other != null) {
            throw new ConfigurationException("there is more than one FailureHandler with @Identifier(\"" + name
                    + "\"), one of them is " + handler.getBean().getBeanClass().getName() + ": give each a name of its own");
        }
    }

    Set<String> names() {
        return byName.keySet();
    }

    /** Each called as an event handler is: in a request context of its own, with the application's class loader. */
    Map<String, FailureHandler> byName(RequestScope scope, ClassLoader classLoader) {
        Map<String, FailureHandler> scoped = new TreeMap<>();
        byName.forEach((name, handler) -> scoped.put(name, failure -> {
            Thread.currentThread().setContextClassLoader(classLoader);
            scope.begin();
            try {
                return handler.onFailure(failure);
            } finally {
                scope.end();
            }
        }));
        return scoped;
    }
}
