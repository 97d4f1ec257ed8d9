package io.eventlane.runtime.lifecycle;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.eventlane.runtime.config.EventlaneConfig.Execution;

/** The threads of one channel's handlers, named {@code eventlane-<channel>-<n>}. */
final class Workers implements Executor {

    private static final long IDLE_SECONDS = 30;

    private final Executor executor;
    private final Runnable end;

    private Workers(Executor executor, Runnable end) {
        this.executor = executor;
        this.end = end;
    }

    static Workers of(String channel, Execution execution) {
        String name = "eventlane-" + channel + "-";
        return switch (execution) {
            case VIRTUAL -> virtual(Thread.ofVirtual().name(name, 0).inheritInheritableThreadLocals(false).factory());
            case PLATFORM ->
                platform(Thread.ofPlatform().daemon().name(name, 0).inheritInheritableThreadLocals(false).factory());
        };
    }

    private static Workers virtual(ThreadFactory threads) {
        return new Workers(task -> threads.newThread(task).start(), () -> {
        });
    }

    /** Without a bound of its own: the dispatcher starts no more workers than handlers may run. */
    private static Workers platform(ThreadFactory threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS,
                new SynchronousQueue<>(), threads);
        return new Workers(pool, pool::shutdown);
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    /** Lets idle threads go; running ones end with their task. */
    void close() {
        end.run();
    }
}
