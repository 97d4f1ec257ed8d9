package io.eventlane.test.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.Envelope;
import io.eventlane.Event;
import io.eventlane.EventBus;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

class OutgoingChainTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = KafkaApplication.of(Chain.class);

    @Inject
    EventBus bus;

    @Inject
    Chain chain;

    @Test
    void whenHandlersReturnResults_thenTheyAreHandledUnderTheIncomingKey() throws Exception {
        bus.publish("chain-in", "k", 3).toCompletableFuture().get(30, TimeUnit.SECONDS);

        List<String> out = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            out.add(chain.out.poll(30, TimeUnit.SECONDS));
        }

        assertThat(out).containsExactlyInAnyOrder("k:1", "k:2", "k:3", "sum-6:6");
    }

    @Singleton
    public static class Chain {

        final BlockingQueue<String> out = new LinkedBlockingQueue<>();
        private int sum;

        @Incoming("chain-in")
        @Outgoing("chain-middle")
        List<Integer> split(int n) {
            return n == 3 ? List.of(1, 2, 3) : List.of();
        }

        @Incoming("chain-middle")
        @Outgoing("chain-sum")
        Uni<Envelope<Integer>> add(Event<Integer> event) {
            out.add(event.key() + ":" + event.payload());
            sum += event.payload();
            return Uni.createFrom().item(sum < 6 ? null : Envelope.of("sum-" + sum, "summed", 1, sum));
        }

        @Incoming("chain-sum")
        void end(Envelope<Integer> total) {
            out.add(total.aggregateId() + ":" + total.payload());
        }
    }
}
