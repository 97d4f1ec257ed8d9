package io.eventlane.jetstream;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.jboss.logging.Logger;

import io.nats.client.Connection;

/** The platform thread of a source, which does what is posted to the mailbox until it is told to end. */
final class SourceThread {

    private static final Logger LOG = Logger.getLogger(SourceThread.class);

    private static final Duration END_TIMEOUT = Duration.ofSeconds(5);
    private static final long AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** What a source does on its thread. */
    interface Loop {

        /** Does what there is to do, and waits where that is nothing. */
        void turn();

        /** Whether there is nothing left to do. Asked before each turn; true soon after {@link #isClosing}. */
        boolean isOver();
    }

    private final String channel;
    private final Mailbox mailbox;
    private final Loop loop;
    private final Thread thread;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean closing;
    private volatile long deadline;

    SourceThread(String channel, Mailbox mailbox, Loop loop) {
        this.channel = channel;
        this.mailbox = mailbox;
        this.loop = loop;
        this.thread = Thread.ofPlatform().daemon().name("eventlane-jetstream-" + channel).unstarted(this::run);
    }

    private void run() {
        while (!loop.isOver()) {
            try {
                loop.turn();
            } catch (RuntimeException | Error e) {
                LOG.errorf(e, "Channel '%s': going on after a failure", channel);
                mailbox.await(AFTER_FAILURE_NANOS);
            }
        }
    }

    /**
     * @param up called on the thread whenever the connection is there, newly or again
     */
    void start(Link link, Consumer<Connection> up) {
        link.listen(new Link.Listener() {
            @Override
            public void up(Connection connection) {
                mailbox.post(() -> up.accept(connection));
            }

            @Override
            public void down() {
                mailbox.wake();
            }
        });
        thread.start();
    }

    /** Whether it runs, or is still to be started. */
    boolean isAlive() {
        return thread.isAlive() || thread.getState() == Thread.State.NEW;
    }

    boolean isClosing() {
        return closing;
    }

    /** When the loop has to have ended, as {@link System#nanoTime()}; means something when it is closing. */
    long deadline() {
        return deadline;
    }

    /** Has the loop end, and waits for it, no longer than makes sense. Idempotent. */
    void close(Duration within) {
        if (closed.compareAndSet(false, true)) {
            deadline = System.nanoTime() + within.toNanos();
            closing = true;
            mailbox.wake();
        }
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.join(within.plus(END_TIMEOUT));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
