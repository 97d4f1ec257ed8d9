package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.Test;

class RefusedStartTest {

    private final ByHand byHand = new ByHand();
    private boolean refuse = true;

    @Test
    void whenTheExecutorRefuses_thenItIsReportedAndAskedAgainOnTheNextTurn() {
        Gates gates = new Gates();
        gates.open("r");
        try (TestEngine engine = new TestEngine(gates).maxConcurrency(1).threads(this::execute)) {
            CompletionTracker<String> tracker = engine.track();
            engine.submit(tracker, 0, "a", "r");
            assertThat(engine.refusals).singleElement().isInstanceOf(RejectedExecutionException.class);
            assertThat(engine.dispatcher().running()).isZero();

            refuse = false;
            engine.dispatcher().housekeep();
            byHand.runAll();

            assertThat(tracker.frontier()).isEqualTo(1);
            assertThat(engine.refusals).hasSize(1);
        }
    }

    private void execute(Runnable task) {
        if (refuse) {
            throw new RejectedExecutionException("not now");
        }
        byHand.execute(task);
    }
}
