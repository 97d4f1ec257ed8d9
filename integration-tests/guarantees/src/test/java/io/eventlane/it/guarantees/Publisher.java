package io.eventlane.it.guarantees;

import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import io.eventlane.it.guarantees.Workload.Keyed;
import io.eventlane.journal.Entry;
import io.eventlane.journal.Entry.What;

/** Publishes a scenario's events at its rate, whatever happens meanwhile, and notes which of them were acknowledged. */
final class Publisher implements AutoCloseable {

    private final Scenario scenario;
    private final Outlet outlet;
    private final Queue<Entry> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Thread thread = Thread.ofPlatform().name("publisher").daemon().unstarted(this::publish);

    Publisher(Scenario scenario, Outlet outlet) {
        this.scenario = scenario;
        this.outlet = outlet;
    }

    void start() {
        thread.start();
    }

    /** Returns when all is acknowledged. */
    void await() throws InterruptedException {
        thread.join();
        outlet.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("The events could not be published", failure.get());
        }
    }

    boolean isDone() {
        return !thread.isAlive();
    }

    /** What the broker has acknowledged so far. */
    Collection<Entry> acknowledged() {
        return acknowledged;
    }

    private void publish() {
        Workload workload = new Workload(scenario);
        long begin = System.nanoTime();
        long period = TimeUnit.SECONDS.toNanos(1) / scenario.rate();
        for (int i = 0; i < scenario.events() && !Thread.interrupted(); i++) {
            long left = begin + i * period - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(left);
            }
            Keyed event = workload.next();
            outlet.send(event, answerFor(event));
        }
    }

    private Outlet.Answer answerFor(Keyed event) {
        return new Outlet.Answer() {
            @Override
            public void acknowledged(String position) {
                acknowledged.add(new Entry(What.PUBLISHED, "publisher", "events", event.key(), event.work().number(), position,
                        Entry.NONE, Entry.NONE, System.nanoTime(), Entry.NONE));
            }

            @Override
            public void failed(Exception problem) {
                failure.compareAndSet(null, problem);
            }
        };
    }

    @Override
    public void close() {
        thread.interrupt();
        outlet.close();
    }
}
