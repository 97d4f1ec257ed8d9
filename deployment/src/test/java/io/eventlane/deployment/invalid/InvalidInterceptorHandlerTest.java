package io.eventlane.deployment.invalid;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class InvalidInterceptorHandlerTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL007 io.eventlane.deployment.invalid.InvalidInterceptorHandlerTest$TracedInterceptor#onOrder: the handler would never run: its class is an interceptor or decorator. Move the handler to a bean of its own." },
            Traced.class, TracedInterceptor.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Traced {
    }

    @Traced
    @Interceptor
    @Priority(1)
    static class TracedInterceptor {

        @AroundInvoke
        Object trace(InvocationContext context) throws Exception {
            return context.proceed();
        }

        @Incoming("orders")
        void onOrder(String order) {
        }
    }
}
