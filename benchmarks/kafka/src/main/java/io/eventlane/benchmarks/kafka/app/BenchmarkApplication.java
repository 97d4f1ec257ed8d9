package io.eventlane.benchmarks.kafka.app;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.eventlane.benchmarks.common.ForkSettings;
import io.eventlane.benchmarks.common.Outcome;
import io.eventlane.benchmarks.common.Stopwatch;
import io.eventlane.benchmarks.common.Work;
import io.eventlane.benchmarks.kafka.Arm;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.common.annotation.Identifier;

/** Measures the arm that is active in this process and prints the outcome. */
@QuarkusMain
public class BenchmarkApplication implements QuarkusApplication {

    private final Work work;
    private final Map<String, Object> kafkaConfig;
    private final Duration commitInterval;

    BenchmarkApplication(Work work,
            @Identifier("default-kafka-broker") Map<String, Object> kafkaConfig,
            @ConfigProperty(name = "benchmark.commit-interval-millis") long commitIntervalMillis) {
        this.work = work;
        this.kafkaConfig = kafkaConfig;
        this.commitInterval = Duration.ofMillis(commitIntervalMillis);
    }

    @Produces
    @Singleton
    static Work work() {
        return new Work(ForkSettings.ofSystemProperties());
    }

    @Override
    public int run(String... args) throws InterruptedException {
        ForkSettings settings = ForkSettings.ofSystemProperties();
        System.out.println(measure(settings).with(work.order()).toLine());
        return 0;
    }

    private Outcome measure(ForkSettings settings) throws InterruptedException {
        Stopwatch stopwatch = new Stopwatch(settings, work);
        if (!settings.arm().equals(Arm.BARE.name())) {
            return stopwatch.measure();
        }
        try (BarePollLoop loop = new BarePollLoop(settings.topic(), consumerConfig(settings), commitInterval, work)) {
            loop.start();
            return stopwatch.measure();
        }
    }

    private Map<String, Object> consumerConfig(ForkSettings settings) {
        Map<String, Object> config = new HashMap<>(kafkaConfig);
        config.put("group.id", settings.group());
        config.put("enable.auto.commit", "false");
        return config;
    }
}
