package io.eventlane.deployment.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.runtime.HandlerTable;
import io.quarkus.arc.Arc;
import io.quarkus.test.QuarkusUnitTest;

class HandlerBeansTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = Application.of(Journal.class, Traced.class, TracedInterceptor.class,
            Scoped.class, Unscoped.class, PerTable.class);

    @Inject
    HandlerTable table;

    @Inject
    Journal journal;

    @BeforeEach
    void clear() {
        journal.lines.clear();
    }

    @Test
    void whenHandlerIsIntercepted_thenInterceptorRuns() throws Throwable {
        new Handlers(table).invoke("scoped", TestEvent.of("a"));
        new Handlers(table).invoke("unscoped", TestEvent.of("b"));

        assertThat(journal.lines).containsExactly("> onScoped", "scoped a", "> onUnscoped", "unscoped b");
    }

    @Test
    void whenBeanIsDependent_thenItsHandlersShareOneInstance() throws Throwable {
        new Handlers(table).invoke("first", TestEvent.of("a"));
        new Handlers(table).invoke("second", TestEvent.of("b"));

        assertThat(journal.lines).containsExactly("1 first a", "2 second b");
    }

    @Test
    void whenClassHasNoScope_thenItIsSingleton() {
        assertThat(Arc.container().instance(Unscoped.class).getBean().getScope())
                .isEqualTo(Singleton.class);
    }

    @Singleton
    static class Journal {

        final List<String> lines = new ArrayList<>();
    }

    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ ElementType.METHOD, ElementType.TYPE })
    @interface Traced {
    }

    @Traced
    @Interceptor
    @Priority(1)
    static class TracedInterceptor {

        @Inject
        Journal journal;

        @AroundInvoke
        Object trace(InvocationContext context) throws Exception {
            journal.lines.add("> " + context.getMethod().getName());
            return context.proceed();
        }
    }

    @ApplicationScoped
    static class Scoped {

        @Inject
        Journal journal;

        @Traced
        @Incoming("scoped")
        void onScoped(String text) {
            journal.lines.add("scoped " + text);
        }
    }

    static class Unscoped {

        @Inject
        Journal journal;

        @Traced
        @Incoming("unscoped")
        void onUnscoped(String text) {
            journal.lines.add("unscoped " + text);
        }
    }

    @Dependent
    static class PerTable {

        @Inject
        Journal journal;

        int calls;

        @Incoming("first")
        void onFirst(String text) {
            journal.lines.add(++calls + " first " + text);
        }

        @Incoming("second")
        void onSecond(String text) {
            journal.lines.add(++calls + " second " + text);
        }
    }
}
