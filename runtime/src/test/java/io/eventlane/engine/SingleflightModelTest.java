package io.eventlane.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Callers of one key come while its flight starts and lands. Whatever the interleaving: there is never more than one flight,
 * and when all that were started have landed nobody is left waiting and nothing is remembered.
 */
@Tag("wide")
public class SingleflightModelTest {

    private final Singleflight<String, String> flights = new Singleflight<>();
    private final ConcurrentLinkedQueue<CompletableFuture<String>> flying = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<CompletableFuture<String>> callers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inTheAir = new AtomicInteger();

    @Operation
    public void call() {
        callers.add(flights.run("a", () -> {
            require(inTheAir.incrementAndGet() == 1, "two flights at once");
            CompletableFuture<String> flight = new CompletableFuture<>();
            flying.add(flight);
            return flight;
        }).toCompletableFuture());
    }

    @Operation
    public void land() {
        CompletableFuture<String> flight = flying.poll();
        if (flight != null) {
            inTheAir.decrementAndGet();
            flight.complete("done");
        }
    }

    @Validate
    public void nobodyIsLeftWaiting() {
        while (!flying.isEmpty()) {
            land();
        }
        List<CompletableFuture<String>> all = new ArrayList<>(callers);
        require(all.stream().allMatch(CompletableFuture::isDone), "a caller waits for a flight that has landed");
        require(all.stream().noneMatch(CompletableFuture::isCompletedExceptionally), "a caller failed");
    }

    @Test
    void everyInterleavingHasOneFlightAtATime() {
        new ModelCheckingOptions().iterations(6).invocationsPerIteration(300)
                .threads(2).actorsPerThread(2).actorsBefore(0).actorsAfter(0)
                .check(SingleflightModelTest.class);
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException(what);
        }
    }
}
