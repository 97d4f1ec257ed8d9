package io.eventlane.jetstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.eventlane.channel.ChannelDispatcher;
import io.eventlane.engine.Lease;
import io.eventlane.engine.Ordering;
import io.eventlane.spi.ChannelStatus;
import io.nats.client.Connection;

/**
 * Consumes the topics of one channel, on a platform thread of its own.
 * <p>
 * Each turn of the loop does what other threads have posted, such as messages that have arrived and records that are done,
 * lets each {@link Intake} take its turn, and asks for as many messages as there is room for. Nothing is decoded here, no
 * handler runs here, and the server is never waited for.
 */
final class JetStreamSource implements Source, SourceThread.Loop {

    private static final int MOST_MAIL = 8_192;
    private static final long HOUSEKEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** How long a turn may wait for something to do while something is about to happen, and otherwise. */
    private static final long SHORT_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONG_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final JetStreamIncoming settings;
    private final Mailbox mailbox = new Mailbox();
    private final Link link;
    private final Wire wire;
    private final ChannelDispatcher dispatcher;
    private final List<TopicIntakes> topics = new ArrayList<>();
    private final Fetching fetching;
    private final JetStreamStatus status;
    private final SourceThread thread;

    // Owned by the thread

    private long housekept;

    JetStreamSource(JetStreamIncoming settings, TopicSpecs specs, Link link, Streams streams, GroupKeeper groups,
            String instance, ScheduledExecutorService timer) {
        this.settings = settings;
        this.link = link;
        this.wire = new Wire();
        boolean ordered = settings.channel().dispatcher().ordering() != Ordering.UNORDERED;
        Lease lease = ordered ? Lease.ended() : Lease.unlimited();
        this.dispatcher = new ChannelDispatcher(settings.channel(), 1, timer, mailbox::wake, lease);
        SourceContext context = new SourceContext(settings.channel().name(), ordered, mailbox, link, wire,
                new ConsumerApi(link), streams, dispatcher, lease);
        LeaseOfGroups leases = new LeaseOfGroups(lease);
        for (String name : settings.channel().topics()) {
            SourceTopic topic = SourceTopic.of(name, specs);
            topics.add(ordered ? TopicIntakes.shared(topic, settings.consumer(), context, groups, instance, leases)
                    : TopicIntakes.whole(topic, settings.consumer(), context));
        }
        this.fetching = new Fetching(settings, dispatcher, link);
        this.status = new JetStreamStatus(settings, dispatcher, link);
        this.thread = new SourceThread(settings.channel().name(), mailbox, this);
    }

    // Any thread

    @Override
    public void start() {
        thread.start(link, connection -> intakes().forEach(intake -> intake.connected(connection)));
    }

    @Override
    public ChannelStatus status() {
        return status.now(thread.isAlive());
    }

    @Override
    public void close(Duration deadline) {
        thread.close(deadline);
    }

    // The loop

    @Override
    public boolean isOver() {
        boolean over = thread.isClosing() && topics.stream().allMatch(TopicIntakes::isClosed);
        if (over) {
            wire.close();
        }
        return over;
    }

    @Override
    public void turn() {
        boolean busy = mailbox.run(MOST_MAIL);
        long now = System.nanoTime();
        if (thread.isClosing()) {
            topics.forEach(topic -> topic.close(thread.deadline()));
        }
        boolean connected = isConnected();
        Collection<Intake> intakes = intakes();
        for (Intake intake : intakes) {
            intake.turn(now, connected);
        }
        topics.forEach(TopicIntakes::settle);
        if (connected && !thread.isClosing()) {
            fetching.ask(intakes, now);
        }
        dispatcher.flush();
        if (now - housekept > HOUSEKEEP_NANOS) {
            housekept = now;
            dispatcher.housekeep();
            status.turn(facts(), topics.stream().flatMap(topic -> topic.troubles(now).stream()).toList(), now);
        }
        if (!busy) {
            mailbox.await(intakes.stream().allMatch(Intake::isCalm) ? LONG_WAIT_NANOS : SHORT_WAIT_NANOS);
        }
    }

    private Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("group", settings.consumer().group());
        facts.put("consumers", intakes().stream().map(Intake::toString).collect(Collectors.joining(", ")));
        int members = topics.stream().mapToInt(TopicIntakes::members).max().orElse(0);
        if (members > 0) {
            facts.put("members", members);
        }
        return facts;
    }

    private Collection<Intake> intakes() {
        return topics.stream().flatMap(topic -> topic.intakes().stream()).toList();
    }

    private boolean isConnected() {
        Connection connection = link.connection();
        return connection != null && connection.getStatus() == Connection.Status.CONNECTED;
    }
}
