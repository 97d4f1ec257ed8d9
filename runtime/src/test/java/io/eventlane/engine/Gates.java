package io.eventlane.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

/** A handler that holds each record until the test lets it go. */
final class Gates implements RecordHandler<String> {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    final List<String> started = new CopyOnWriteArrayList<>();
    final List<String> finished = new CopyOnWriteArrayList<>();
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();

    @Override
    public void handle(String record, Run run) throws InterruptedException {
        started.add(record);
        if (!gate(record).await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody opened the gate of " + record);
        }
        finished.add(record);
    }

    void open(String... records) {
        for (String record : records) {
            gate(record).countDown();
        }
    }

    void awaitStarted(String... records) {
        Awaitility.await().atMost(PATIENCE).until(() -> started.containsAll(List.of(records)));
    }

    void awaitFinished(String... records) {
        Awaitility.await().atMost(PATIENCE).until(() -> finished.containsAll(List.of(records)));
    }

    private CountDownLatch gate(String record) {
        return gates.computeIfAbsent(record, r -> new CountDownLatch(1));
    }
}
