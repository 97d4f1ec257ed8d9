package io.eventlane.jetstream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import io.eventlane.channel.ChannelDispatcher;
import io.eventlane.channel.ConsumedLog;
import io.eventlane.engine.Lease;
import io.eventlane.spi.ChannelStatus;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;

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
    private final AtomicInteger held = new AtomicInteger();
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
        this.log = dispatcher.track(settings.channel().name(), record -> released());
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

    private void released() {
        held.decrementAndGet();
        Thread client = waiting;
        if (client != null) {
            LockSupport.unpark(client);
        }
    }

    // The client's thread

    private void receive(Message message, MessageReader reader) {
        int most = settings.channel().dispatcher().maxQueued();
        waiting = Thread.currentThread();
        while (held.get() >= most && !thread.isClosing()) {
            LockSupport.parkNanos(this, WAIT_NANOS);
        }
        waiting = null;
        held.incrementAndGet();
        mailbox.post(() -> submit(message, reader));
    }

    // The source's thread

    @Override
    public void turn() {
        boolean busy = mailbox.run(MOST_MAIL);
        long now = System.nanoTime();
        dispatcher.flush();
        if (now - housekept > HOUSEKEEP_NANOS) {
            housekept = now;
            dispatcher.housekeep();
            status.turn(Map.of("group", settings.consumer().group()), List.of(), now);
        }
        if (!busy) {
            mailbox.await(WAIT_NANOS);
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
            open.subscribe(topic, group, message -> receive(message, reader));
            open.subscribe(topic + ".>", group, message -> receive(message, reader));
        }
        subscriptions = open;
    }

    private void submit(Message message, MessageReader reader) {
        if (!revoked) {
            long number = arrivals++;
            EphemeralInboundRecord record = new EphemeralInboundRecord(ReceivedMessage.of(message), first + number, reader);
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
