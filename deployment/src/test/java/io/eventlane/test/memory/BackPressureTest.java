package io.eventlane.test.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.EventBus;
import io.eventlane.PublishException;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;
import io.smallrye.common.annotation.NonBlocking;

@Timeout(60)
class BackPressureTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = MemoryApplication.of(Slow.class, Resource.class)
            .overrideConfigKey("quarkus.eventlane.incoming.slow.max-queued", "1")
            .overrideConfigKey("quarkus.eventlane.outgoing.slow.max-inflight-messages", "2");

    @Inject
    EventBus bus;

    @Inject
    Slow slow;

    @Test
    void whenTheReaderIsTooFarBehind_thenWorkersWaitAndEventLoopsAreRefused() throws Exception {
        for (int i = 0; i < 3; i++) {
            bus.publish("slow", "k", "x").toCompletableFuture().join();
        }
        assertThat(RestAssured.get("/publish").asString()).isEqualTo("BACK_PRESSURE");
        Thread publisher = Thread.ofVirtual().start(() -> bus.publish("slow", "k", "x").toCompletableFuture().join());
        await().until(() -> publisher.getState() == Thread.State.TIMED_WAITING);

        slow.gate.countDown();

        publisher.join();
        await().atMost(Duration.ofSeconds(20)).until(() -> slow.handled.get() == 4);
    }

    @Path("/publish")
    public static class Resource {

        @Inject
        EventBus bus;

        @GET
        @NonBlocking
        public String publish() {
            return bus.publish("slow", "k", "x").toCompletableFuture()
                    .handle((receipt, failure) -> failure == null ? "published" : ((PublishException) failure).reason().name())
                    .join();
        }
    }

    @Singleton
    public static class Slow {

        final CountDownLatch gate = new CountDownLatch(1);
        final AtomicInteger handled = new AtomicInteger();

        @Incoming("slow")
        void on(String payload) throws InterruptedException {
            gate.await();
            handled.incrementAndGet();
        }
    }
}
