package io.eventlane.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.eventlane.runtime.config.EventlaneConfig.Execution;

class WorkersTest {

    @Test
    void whenExecutionIsVirtual_thenTasksRunOnNamedVirtualThreads() throws Exception {
        Workers workers = Workers.of("orders", Execution.VIRTUAL);

        assertThat(thread(workers).isVirtual()).isTrue();
        assertThat(thread(workers).getName()).isEqualTo("eventlane-orders-1");
        workers.close();
    }

    @Test
    void whenExecutionIsPlatform_thenTasksRunOnNamedPlatformThreadsThatEndWithTheChannel() throws Exception {
        Workers workers = Workers.of("orders", Execution.PLATFORM);

        Thread thread = thread(workers);
        assertThat(thread.isVirtual()).isFalse();
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).isEqualTo("eventlane-orders-0");
        workers.close();
        thread.join(20_000);
        assertThat(thread.isAlive()).isFalse();
    }

    private static Thread thread(Workers workers) throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        workers.execute(() -> thread.complete(Thread.currentThread()));
        return thread.get(20, TimeUnit.SECONDS);
    }
}
