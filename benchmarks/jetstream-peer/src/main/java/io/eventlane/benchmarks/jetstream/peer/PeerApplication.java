package io.eventlane.benchmarks.jetstream.peer;

import java.util.List;
import java.util.Map;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

import io.eventlane.benchmarks.common.ForkSettings;
import io.eventlane.benchmarks.common.Outcome;
import io.eventlane.benchmarks.common.Publishing;
import io.eventlane.benchmarks.common.Records;
import io.eventlane.benchmarks.common.Stopwatch;
import io.eventlane.benchmarks.common.Work;
import io.quarkiverse.reactive.messaging.nats.jetstream.client.api.PublishMessageMetadata;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.reactive.messaging.MutinyEmitter;

/** Measures the arm that is active in this process and prints the outcome. */
@QuarkusMain
public class PeerApplication implements QuarkusApplication {

    private final Work work;
    private final Instance<MutinyEmitter<byte[]>> emitters;
    private final boolean publishes;

    PeerApplication(Work work, @Channel("published") Instance<MutinyEmitter<byte[]>> emitters,
            @ConfigProperty(name = "mp.messaging.outgoing.published.enabled") boolean publishes) {
        this.work = work;
        this.emitters = emitters;
        this.publishes = publishes;
    }

    @Produces
    @Singleton
    static Work work() {
        return new Work(ForkSettings.ofSystemProperties());
    }

    @Override
    public int run(String... args) throws InterruptedException {
        ForkSettings settings = ForkSettings.ofSystemProperties();
        Outcome outcome = publishes ? publish(settings) : new Stopwatch(settings, work).measure().with(work.order());
        System.out.println(outcome.toLine());
        return 0;
    }

    private Outcome publish(ForkSettings settings) throws InterruptedException {
        Publishing publishing = new Publishing(settings);
        MutinyEmitter<byte[]> emitter = emitters.get();
        return publishing.measure((key, payload) -> emitter.sendMessage(message(settings, key, payload)).subscribe()
                .with(done -> publishing.answered(done, null), failure -> publishing.answered(null, failure)));
    }

    private static Message<byte[]> message(ForkSettings settings, String key, byte[] payload) {
        String id = Records.freshId();
        return Message.of(payload, Metadata.of(PublishMessageMetadata.builder()
                .subject(settings.topic())
                .messageId(id)
                .headers(Map.of("X-Event-ID", List.of(id), "X-Aggregate-ID", List.of(key)))
                .build()));
    }
}
