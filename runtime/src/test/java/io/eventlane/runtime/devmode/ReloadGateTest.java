package io.eventlane.runtime.devmode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.eventlane.EventlaneException;

@Timeout(30)
class ReloadGateTest {

    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void whenNothingWasEdited_thenTheEventPasses() throws Exception {
        gate(Duration.ZERO, false).pass();

        assertThat(looks).hasValue(1);
    }

    @Test
    void whenTheLastLookIsYoung_thenItHolds() throws Exception {
        ReloadGate gate = gate(Duration.ofHours(1), false);
        gate.pass();
        await().untilAsserted(() -> {
            int before = looks.get();
            gate.pass();
            assertThat(looks).hasValue(before);
        });
    }

    @Test
    void whenTheApplicationRestarted_thenTheEventFails() {
        assertThatThrownBy(gate(Duration.ZERO, true)::pass).isInstanceOf(EventlaneException.class)
                .hasMessageContaining("restarts");
    }

    @Test
    void whenTheEditedCodeIsBroken_thenTheEventFailsAndLooksAgainNextTime() {
        ReloadGate gate = new ReloadGate(() -> {
            throw new IllegalStateException("does not compile " + looks.incrementAndGet());
        }, Duration.ofHours(1));

        assertThatThrownBy(gate::pass).hasMessageContaining("does not compile 1");
        assertThatThrownBy(gate::pass).hasMessageContaining("does not compile 2");
    }

    @Test
    void whenAnEventComesDuringALook_thenItWaitsForTheNextOne() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        ReloadGate gate = new ReloadGate(() -> {
            if (looks.incrementAndGet() == 1) {
                first.await();
            }
            return false;
        }, Duration.ZERO);
        CompletableFuture<Void> one = pass(gate);
        await().until(() -> looks.get() == 1);
        CompletableFuture<Void> two = pass(gate);
        first.countDown();

        one.get();
        two.get();
        assertThat(looks).hasValue(2);
    }

    @Test
    void whenTheApplicationStops_thenThoseWhoWaitFail() {
        CountDownLatch never = new CountDownLatch(1);
        ReloadGate gate = new ReloadGate(() -> {
            looks.incrementAndGet();
            never.await();
            return false;
        }, Duration.ZERO);
        CompletableFuture<Void> waiting = pass(gate);
        await().until(() -> looks.get() == 1);
        gate.close();

        assertThatThrownBy(waiting::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(EventlaneException.class);
        assertThatThrownBy(gate::pass).isInstanceOf(EventlaneException.class);
        never.countDown();
    }

    private ReloadGate gate(Duration interval, boolean restarted) {
        return new ReloadGate(() -> {
            looks.incrementAndGet();
            return restarted;
        }, interval);
    }

    private static CompletableFuture<Void> pass(ReloadGate gate) {
        CompletableFuture<Void> passed = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                gate.pass();
                passed.complete(null);
            } catch (Throwable e) {
                passed.completeExceptionally(e);
            }
        });
        return passed;
    }
}
