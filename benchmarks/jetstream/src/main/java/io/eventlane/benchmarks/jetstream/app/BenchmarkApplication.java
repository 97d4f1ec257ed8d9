package io.eventlane.benchmarks.jetstream.app;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.eventlane.EventBus;
import io.eventlane.benchmarks.common.ForkSettings;
import io.eventlane.benchmarks.common.Outcome;
import io.eventlane.benchmarks.common.Publishing;
import io.eventlane.benchmarks.common.Stopwatch;
import io.eventlane.benchmarks.common.Work;
import io.eventlane.benchmarks.jetstream.Arm;
import io.eventlane.benchmarks.jetstream.AsyncPublisher;
import io.eventlane.benchmarks.jetstream.BareClient;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Measures the arm that is active in this process and prints the outcome. */
@QuarkusMain
public class BenchmarkApplication implements QuarkusApplication {

    private final Work work;
    private final EventBus bus;

    BenchmarkApplication(Work work, EventBus bus) {
        this.work = work;
        this.bus = bus;
    }

    @Produces
    @Singleton
    static Work work() {
        return new Work(ForkSettings.ofSystemProperties());
    }

    @Override
    public int run(String... args) throws Exception {
        ForkSettings settings = ForkSettings.ofSystemProperties();
        Arm arm = Arm.valueOf(settings.arm());
        System.out.println((arm.publishes() ? publish(arm, settings) : consume(arm, settings)).toLine());
        return 0;
    }

    private Outcome publish(Arm arm, ForkSettings settings) throws Exception {
        Publishing publishing = new Publishing(settings);
        if (arm == Arm.PUBLISH_EVENTLANE) {
            return publishing.measure((key, payload) -> bus.publish("published", key, payload)
                    .whenComplete(publishing::answered));
        }
        try (Connection connection = BareClient.connect(settings.servers())) {
            JetStream stream = connection.jetStream();
            return publishing.measure(arm == Arm.PUBLISH_BARE_SYNC
                    ? (key, payload) -> publishing.answered(
                            stream.publish(settings.topic(), BareClient.headers(key), payload), null)
                    : new AsyncPublisher(stream, settings.topic(), arm.window(), publishing::answered));
        }
    }

    private Outcome consume(Arm arm, ForkSettings settings) throws Exception {
        Stopwatch stopwatch = new Stopwatch(settings, work);
        if (arm == Arm.CONSUME_EVENTLANE) {
            return stopwatch.measure().with(work.order());
        }
        try (AutoCloseable consumer = arm == Arm.CONSUME_BARE_FETCH ? FetchLoop.start(settings, work)
                : Callback.start(settings, work)) {
            return stopwatch.measure().with(work.order());
        }
    }
}
