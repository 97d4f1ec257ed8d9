package io.eventlane.jetstream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.eventlane.channel.ChannelDispatcher;
import io.eventlane.channel.ChannelView;
import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.ChannelStatus.Severity;
import io.eventlane.spi.ChannelStatus.Trouble;

/**
 * What a source knows of itself. The source's thread looks at its channel once a second, and when troubles have come or
 * gone, and leaves the picture for whoever asks; what that thread cannot say of itself is added when somebody asks.
 */
final class JetStreamStatus {

    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Duration LONGEST_TURN = Duration.ofMinutes(1);

    private final Link link;
    private final ChannelView view;
    private long lastLook = System.nanoTime() - EVERY_NANOS;
    private boolean well;
    private volatile long lastTurn = System.nanoTime();
    private volatile ChannelStatus picture;

    JetStreamStatus(JetStreamIncoming settings, ChannelDispatcher dispatcher, Link link) {
        this.link = link;
        this.view = new ChannelView("jetstream", dispatcher);
        this.picture = new ChannelStatus(settings.channel().name(), "jetstream", Map.of(),
                List.of(new Trouble(Severity.NOT_STARTED, "nothing was done yet", Instant.now())));
    }

    /**
     * The source's thread, several times a second.
     *
     * @param facts what the source has to say, in order
     * @param troubles what it finds wrong
     */
    void turn(Map<String, Object> facts, List<Trouble> troubles, long now) {
        lastTurn = now;
        if (now - lastLook >= EVERY_NANOS || well != troubles.isEmpty()) {
            lastLook = now;
            well = troubles.isEmpty();
            picture = view.look(facts, troubles);
        }
    }

    /**
     * Any thread.
     *
     * @param alive whether the source's thread is
     */
    ChannelStatus now(boolean alive) {
        long now = System.nanoTime();
        ChannelStatus seen = picture;
        List<Trouble> troubles = new ArrayList<>();
        if (!alive || now - lastTurn > LONGEST_TURN.toNanos()) {
            troubles.add(new Trouble(Severity.DEAD,
                    alive ? "the thread that fetches hangs" : "the thread that fetches has ended",
                    ChannelView.ago(lastTurn, now)));
        }
        LinkStatus connection = link.status();
        if (!connection.connected()) {
            troubles.add(unreachable(connection));
        }
        troubles.addAll(seen.troubles());
        return new ChannelStatus(seen.channel(), seen.connector(), seen.facts(), troubles);
    }

    private static Trouble unreachable(LinkStatus connection) {
        String why = connection.trouble() == null ? "" : ": " + connection.trouble();
        return connection.server() == null
                ? new Trouble(Severity.NOT_STARTED, "no NATS server was reached yet" + why, connection.since())
                : new Trouble(Severity.NOT_READY, "the NATS server is lost" + why, connection.since());
    }
}
