package io.eventlane.jetstream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import io.eventlane.channel.ChannelDispatcher;
import io.eventlane.channel.ConsumedLog;
import io.eventlane.engine.DispatcherSettings;
import io.eventlane.engine.Lease;
import io.eventlane.spi.ChannelStatus;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.MessageHandler;

/**
 * Consumes ephemeral topics of one channel: subjects of core NATS, whose messages nobody keeps. The instances of a group
 * share the messages, and each group gets all of them. Who is not connected at that moment gets nothing, and what is in the
 * hands of a process that dies is gone.
 * <p>
 * The engine is the same as for other topics, so the events of a key are in order as far as this instance gets them, and
 * failures are treated as configured. Once as many messages are held as may be, the client's thread waits; what the client
 * can not keep meanwhile it drops, and says so.
 */
final class EphemeralSource implements Source, SourceThread.Loop {

    private static final int MOST_MAIL = 8_192;
    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long HOUSEKEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final JetStreamIncoming settings;
    private final Link link;
    private final Mailbox mailbox = new Mailbox();
    private final ChannelDispatcher dispatcher;
    private final ConsumedLog log;
    private final JetStreamStatus status;
    private final SourceThread thread;
    /** The number of the first message, which is anywhere, so that no two instances have messages of one number. */
    private final long first = ThreadLocalRandom.current().nextLong(1L << 50);
    /** What was handed over to the source's thread and has no place in the dispatcher yet. */
    private final AtomicInteger coming = new AtomicInteger();
    private final AtomicLong comingBytes = new AtomicLong();
    private volatile boolean paused;
    private volatile @Nullable Thread waiting;

    // Owned by the thread

    private @Nullable Connection connection;
    private @Nullable Dispatcher subscriptions;
    private long arrivals;
    private long housekept;
    private boolean revoked;

    EphemeralSource(JetStreamIncoming settings, Link link, ScheduledExecutorService timer) {
        this.settings = settings;
        this.link = link;
        this.dispatcher = new ChannelDispatcher(settings.channel(), 1, timer, mailbox::wake, Lease.unlimited());
        this.log = dispatcher.track(settings.channel().name());
        this.status = new JetStreamStatus(settings, dispatcher, link);
        this.thread = new SourceThread(settings.channel().name(), mailbox, this);
    }

    // Any thread

    @Override
    public void start() {
        thread.start(link, this::subscribe);
    }

    @Override
    public ChannelStatus status() {
        return status.now(thread.isAlive());
    }

    @Override
    public void close(Duration deadline) {
        thread.close(deadline);
    }

    // The client's thread

    private void receive(ReceivedMessage message, MessageReader reader) {
        waiting = Thread.currentThread();
        while (!hasRoom() && !thread.isClosing()) {
            LockSupport.parkNanos(this, WAIT_NANOS);
        }
        waiting = null;
        coming.incrementAndGet();
        comingBytes.addAndGet(message.size());
        mailbox.post(() -> submit(message, reader));
    }

    private boolean hasRoom() {
        DispatcherSettings bounds = settings.channel().dispatcher();
        return !paused && coming.get() + dispatcher.held() < bounds.maxQueued()
                && comingBytes.get() + dispatcher.heldBytes() < bounds.maxQueuedBytes();
    }

    // The source's thread

    @Override
    public void turn() {
        boolean busy = mailbox.run(MOST_MAIL);
        long now = System.nanoTime();
        dispatcher.flush();
        pauseOrGoOn();
        if (now - housekept > HOUSEKEEP_NANOS) {
            housekept = now;
            dispatcher.housekeep();
            status.turn(Map.of("group", settings.consumer().group()), List.of(), now);
        }
        if (!busy) {
            mailbox.await(WAIT_NANOS);
        }
    }

    private void pauseOrGoOn() {
        paused = !dispatcher.hasRoom() || log.mustPause();
        Thread client = waiting;
        if (client != null && !paused) {
            LockSupport.unpark(client);
        }
    }

    private void subscribe(Connection now) {
        if (thread.isClosing() || now.equals(connection) && subscriptions != null && subscriptions.isActive()) {
            return;
        }
        connection = now;
        Dispatcher open = now.createDispatcher();
        for (String topic : settings.channel().topics()) {
            MessageReader reader = new MessageReader(topic);
            String group = ConsumerPlan.consumerName(settings.consumer().group());
            MessageHandler handler = message -> receive(ReceivedMessage.of(message), reader);
            open.subscribe(topic, group, handler);
            open.subscribe(topic + ".>", group, handler);
        }
        subscriptions = open;
    }

    private void submit(ReceivedMessage message, MessageReader reader) {
        coming.decrementAndGet();
        comingBytes.addAndGet(-message.size());
        if (!revoked) {
            long number = arrivals++;
            EphemeralInboundRecord record = new EphemeralInboundRecord(message, first + number, reader);
            log.submit(number, record.key(), record.size(), record);
        }
    }

    @Override
    public boolean isOver() {
        if (!thread.isClosing()) {
            return false;
        }
        if (!revoked) {
            revoked = true;
            unsubscribe();
            log.tracker().revoke();
        }
        if (log.tracker().isDrained()) {
            return true;
        }
        boolean late = System.nanoTime() - thread.deadline() > 0;
        if (late) {
            log.tracker().abandon();
        }
        return late;
    }

    private void unsubscribe() {
        Dispatcher open = subscriptions;
        Connection on = connection;
        if (open != null && on != null && open.isActive() && on.getStatus() != Connection.Status.CLOSED) {
            on.closeDispatcher(open);
        }
    }
}
