package io.eventlane.runtime.invoke;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;

import io.eventlane.Event;
import io.eventlane.runtime.HandlerInvoker;
import io.eventlane.runtime.publish.ChannelPublisher;
import io.smallrye.mutiny.Uni;

/** One handler with everything that it needs per record, found once at start. */
record BoundHandler(HandlerInvoker invoker, PayloadReader reader, List<ChannelPublisher> outgoing) {

    BoundHandler {
        outgoing = List.copyOf(outgoing);
    }

    /**
     * Runs the method and waits for what it returned.
     *
     * @throws Throwable whatever the method threw or its stage failed with
     */
    @Nullable
    Object invoke(Event<?> event) throws Throwable {
        Object returned = invoker.invoke(event);
        if (returned instanceof Uni<?> uni) {
            return await(uni.subscribe().asCompletionStage());
        }
        return returned instanceof CompletionStage<?> stage ? await(stage.toCompletableFuture()) : returned;
    }

    private static @Nullable Object await(CompletableFuture<?> future) throws Throwable {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() == null ? e : e.getCause();
        } catch (InterruptedException e) {
            future.cancel(true);
            throw e;
        }
    }
}
