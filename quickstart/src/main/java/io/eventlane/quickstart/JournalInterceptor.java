package io.eventlane.quickstart;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

import org.jspecify.annotations.Nullable;

import io.eventlane.Event;

/** Notes when a run of a handler starts, before it does, and how it ended, before its event can be acknowledged. */
@Journaled
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class JournalInterceptor {

    private final Journal journal;
    private final Sabotage sabotage;

    JournalInterceptor(Journal journal, Sabotage sabotage) {
        this.journal = journal;
        this.sabotage = sabotage;
    }

    @AroundInvoke
    @Nullable
    Object record(InvocationContext context) throws Exception {
        Event<?> event = (Event<?>) context.getParameters()[0];
        if (sabotage.skips(event)) {
            return null;
        }
        long start = journal.started(event);
        try {
            Object result = context.proceed();
            journal.finished(event, start);
            return result;
        } catch (Throwable e) {
            journal.failed(event, start);
            throw e;
        }
    }
}
