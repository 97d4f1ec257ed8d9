package io.eventlane.test.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.EventBus;
import io.eventlane.EventPublisher;
import io.eventlane.PublishException;
import io.eventlane.PublishTo;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;

/** At the bound of events in flight, an event loop gets an error where another thread waits. */
class EventLoopPublishTest {

    private static final int MANY = 2_000;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = KafkaApplication.of(Resource.class)
            .overrideConfigKey("quarkus.http.test-port", "0")
            .overrideConfigKey("quarkus.eventlane.outgoing.loop.max-inflight-messages", "1")
            .overrideConfigKey("quarkus.eventlane.outgoing.loop.linger.ms", "50");

    @Inject
    EventBus bus;

    @Test
    void whenPublishingFromAnEventLoop_thenTheReceiptArrives() {
        RestAssured.get("/publish").then().statusCode(200).body(startsWith("OK on vert.x-eventloop-thread"));
    }

    @Test
    void whenTheBoundIsReachedOnAnEventLoop_thenPublicationsFailAtOnce() {
        RestAssured.get("/flood").then().statusCode(200).body(equalTo("[BACK_PRESSURE, OK]"));
    }

    @Test
    void whenTheBoundIsReachedOnAnotherThread_thenPublishersWaitAndAllSucceed() throws Exception {
        for (CompletionStage<?> stage : IntStream.range(0, 10).mapToObj(i -> bus.publish("loop", "k", i)).toList()) {
            assertThat(stage.toCompletableFuture().get(30, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Path("/")
    @NonBlocking
    public static class Resource {

        @Inject
        @PublishTo("loop")
        EventPublisher<String> loop;

        @GET
        @Path("publish")
        public Uni<String> publish() {
            String thread = Thread.currentThread().getName();
            return Uni.createFrom().completionStage(loop.publish("k", "x")).map(receipt -> receipt.status() + " on " + thread);
        }

        @GET
        @Path("flood")
        public Uni<String> flood() {
            List<CompletableFuture<String>> outcomes = IntStream.range(0, MANY)
                    .mapToObj(i -> loop.publish("k", "x").handle((receipt, error) -> outcome(error)).toCompletableFuture())
                    .toList();
            return Uni.createFrom().completionStage(CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new)))
                    .map(all -> outcomes.stream().map(CompletableFuture::join).collect(Collectors.toCollection(TreeSet::new))
                            .toString());
        }

        private static String outcome(Throwable error) {
            if (error == null) {
                return "OK";
            }
            return error instanceof PublishException failure ? failure.reason().name() : error.toString();
        }
    }
}
