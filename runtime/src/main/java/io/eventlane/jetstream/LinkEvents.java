package io.eventlane.jetstream;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import javax.net.ssl.SSLException;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.eventlane.jetstream.Link.Listener;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import io.nats.client.api.ServerInfo;

/**
 * What the client tells of the connection, put in order: told to the listeners, kept for whoever asks, and logged. All of it
 * happens on one thread.
 */
final class LinkEvents implements ConnectionListener, ErrorListener {

    private static final Logger LOG = Logger.getLogger(NatsLink.class);

    private static final String PERMISSIONS = "permissions violation";

    /** What the server says of a connection that it closes, it says right before. */
    private static final long SOON_NANOS = Duration.ofSeconds(5).toNanos();

    private final Executor thread;
    private final Consumer<Events> attention;
    /** Where the servers should be, behind what is wrong with them. */
    private final String configured;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final LongSupplier nanoClock;
    private final Repetitions repetitions;

    // Owned by the thread

    private boolean up;
    private @Nullable String why;
    private long whyAt;
    /** Whether it is the server's own word, which tells more than the exceptions that follow from it. */
    private boolean serverSaidWhy;

    // Shared

    private volatile @Nullable Connection latest;
    private volatile @Nullable Connection connection;
    private volatile LinkStatus status = LinkStatus.trying();
    private volatile boolean closing;

    /**
     * @param thread runs one task after the other; the client has to use it too
     * @param attention called on the thread when the connection, once it has been there, was closed or its server is about to
     *        end; must not block
     * @param servers those that are configured
     */
    LinkEvents(Executor thread, Consumer<Events> attention, List<ServerAddress> servers, LongSupplier nanoClock) {
        this.thread = thread;
        this.attention = attention;
        this.nanoClock = nanoClock;
        this.repetitions = new Repetitions(nanoClock);
        this.configured = servers.stream().map(ServerAddress::url)
                .collect(Collectors.joining(",", " (quarkus.eventlane.jetstream.servers=", ")"));
    }

    // Any thread

    /** The connection as it is now, or as it was last; {@code null} before the first. */
    @Nullable
    Connection connection() {
        return connection;
    }

    /** The client's latest attempt, which may not have connected to anything yet. */
    @Nullable
    Connection latest() {
        return latest;
    }

    LinkStatus status() {
        return status;
    }

    void listen(Listener listener) {
        later(() -> {
            listeners.add(listener);
            Connection now = connection;
            if (up && now != null) {
                tell(() -> listener.up(now));
            }
        });
    }

    /** No server could be reached, and the client has given up. */
    void failed(Throwable failure) {
        later(() -> {
            // What the client said of each server tells more.
            if (why == null) {
                note(failure);
                logFailing();
            }
        });
    }

    /** To be called when the link begins to close: from then on a loss is what is wanted. */
    void closing() {
        closing = true;
    }

    /** To be called when the link is closed and before its threads are. */
    void closed() {
        later(this::lost);
    }

    private void later(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("The link is closed", e);
        }
    }

    // The thread

    @Deprecated
    @Override
    public void connectionEvent(Connection of, Events event) {
        connectionEvent(of, event, System.currentTimeMillis(), null);
    }

    @Override
    public void connectionEvent(Connection of, Events event, Long time, @Nullable String uri) {
        latest = of;
        switch (event) {
            case CONNECTED, RESUBSCRIBED -> up(of);
            case DISCONNECTED -> disconnected();
            case CLOSED -> {
                lost();
                attend(of, event);
            }
            case LAME_DUCK -> attend(of, event);
            case RECONNECTED, DISCOVERED_SERVERS -> LOG.debugf("NATS: %s", event.getEvent());
        }
    }

    private void up(Connection of) {
        ServerInfo server = of.getServerInfo();
        String name = server.getServerName().equals(server.getServerId()) ? of.getConnectedUrl()
                : server.getServerName() + " at " + of.getConnectedUrl();
        connection = of;
        why = null;
        serverSaidWhy = false;
        up = true;
        status = new LinkStatus(true, Instant.now(), null, name, server.getVersion());
        LOG.infof("Connected to NATS server %s (%s)", name, server.getVersion());
        listeners.forEach(listener -> tell(() -> listener.up(of)));
    }

    /** An attempt that came to nothing is closed by whoever made it. */
    private void attend(Connection of, Events event) {
        if (of.equals(connection)) {
            attention.accept(event);
        }
    }

    /** Once for each attempt to connect that failed, and when a connection is lost. */
    private void disconnected() {
        if (up) {
            lost();
        } else {
            logFailing();
        }
        serverSaidWhy = false;
    }

    private void lost() {
        if (!up) {
            return;
        }
        up = false;
        if (!isFresh()) {
            why = null;
        }
        status = status.lost(why);
        if (!closing) {
            LOG.warnf("The connection to NATS server %s is lost: %s", status.server(),
                    Objects.requireNonNullElse(why, "nobody has said why"));
        }
        listeners.forEach(listener -> tell(listener::down));
    }

    private void logFailing() {
        String reason = Objects.requireNonNullElse(why, "no server answers");
        String note = repetitions.next("connect " + reason);
        if (note != null && !closing) {
            LOG.warnf("No NATS server can be connected to, which is tried until it succeeds: %s%s%s", reason, configured, note);
        }
    }

    @Override
    public void errorOccurred(Connection of, String error) {
        String text = ServerAddress.withoutSecrets(error);
        // Those of subscriptions that are being restored come before the connection counts as there.
        boolean refused = text.regionMatches(true, 0, PERMISSIONS, 0, PERMISSIONS.length());
        if (up || refused) {
            String note = repetitions.next(kindOf(text));
            if (note != null) {
                LOG.errorf("NATS: %s%s", text, note);
            }
        }
        if (refused) {
            listeners.forEach(listener -> tell(() -> listener.refused(text)));
        } else {
            because(text);
            serverSaidWhy = true;
        }
    }

    /** Subjects may hold a key, and there are many of those. */
    private static String kindOf(String error) {
        int quote = error.indexOf('"');
        int dot = error.indexOf('.', Math.max(0, quote));
        return quote < 0 || dot < 0 ? error : error.substring(0, dot);
    }

    @Override
    public void exceptionOccurred(Connection of, Exception exception) {
        if (up && !isOfTheConnection(exception)) {
            String note = repetitions.next(exception.toString());
            if (note != null) {
                LOG.errorf(exception, "NATS: what ran on a thread of the connection failed%s", note);
            }
        } else {
            note(exception);
        }
    }

    private void note(Throwable failure) {
        if (!(serverSaidWhy && isFresh()) && !(failure instanceof CancellationException)) {
            because(ServerAddress.withoutSecrets(reason(failure)));
        }
    }

    /** What the innermost cause says, or what TLS says of it. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof SSLException)) {
            cause = cause.getCause();
        }
        if (cause instanceof TimeoutException) {
            return "the server did not answer in time, or refused without a word, as it does where it wants a certificate";
        }
        // The message of a file system's exception is the file alone.
        return cause.getMessage() == null || cause instanceof FileSystemException ? cause.toString() : cause.getMessage();
    }

    /** Whether what is known may be why the connection is lost now. */
    private boolean isFresh() {
        return nanoClock.getAsLong() - whyAt <= SOON_NANOS;
    }

    private void because(String reason) {
        why = reason;
        whyAt = nanoClock.getAsLong();
        if (!up) {
            status = status.still(reason + configured);
        }
    }

    private static boolean isOfTheConnection(Exception exception) {
        return exception instanceof IOException || exception instanceof CancellationException
                || exception instanceof IllegalStateException;
    }

    @Override
    public void slowConsumerDetected(Connection of, io.nats.client.Consumer consumer) {
        String note = repetitions.next("slow consumer");
        if (note != null) {
            LOG.warnf("NATS: messages that arrived were dropped, because more of them wait than their subscription may hold%s",
                    note);
        }
    }

    @Override
    public void messageDiscarded(Connection of, Message message) {
        String note = repetitions.next("discarded");
        if (note != null) {
            LOG.warnf("NATS: a message to %s was not sent, because its thread was interrupted%s", message.getSubject(), note);
        }
    }

    /** A listener that throws must not keep the others from hearing. */
    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("A listener of the NATS connection failed", e);
        }
    }
}
