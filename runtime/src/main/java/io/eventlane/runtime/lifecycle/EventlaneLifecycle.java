package io.eventlane.runtime.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.eventlane.channel.DerivedId;
import io.eventlane.runtime.ChannelHandlers;
import io.eventlane.runtime.HandlerTable;
import io.eventlane.runtime.codec.Codecs;
import io.eventlane.runtime.config.EventlaneConfig;
import io.eventlane.runtime.config.EventlaneConfig.Execution;
import io.eventlane.runtime.config.IncomingSettings;
import io.eventlane.runtime.config.Settings;
import io.eventlane.runtime.devmode.HotReload;
import io.eventlane.runtime.devmode.ReloadGate;
import io.eventlane.runtime.failure.DeadLettersImpl;
import io.eventlane.runtime.failure.FailureTreatment;
import io.eventlane.runtime.failure.FailureTreatments;
import io.eventlane.runtime.health.ChannelStatuses;
import io.eventlane.runtime.invoke.ChannelInvocation;
import io.eventlane.runtime.invoke.RequestScope;
import io.eventlane.runtime.publish.Publishing;
import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.InboundHandler;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/**
 * Starts after everything else of the application has, and stops before anything else does: no handler meets a
 * datasource that is not open yet, or not any more.
 * <p>
 * It stops in two steps. While requests are still served, handlers finish, and readiness is down ({@link DrainListener});
 * what requests publish meanwhile is published. When they are not any more, publications finish.
 */
@Singleton
public class EventlaneLifecycle implements ChannelStatuses {

    private static final Logger LOG = Logger.getLogger("io.eventlane");

    /** From there on, a virtual thread that blocks inside {@code synchronized} gives its carrier back (JEP 491). */
    private static final int JDK_WITHOUT_PINNING = 24;

    private final EventlaneConfig config;
    private final EventlaneBeans.Channels channels;
    private final Publishing publishing;
    private final Codecs codecs;
    private final Provider<HandlerTable> handlers;
    private final FailureHandlers failureHandlers;
    private final DeadLettersImpl deadLetters;

    private final Optional<ReloadGate> reloadGate = HotReload.gate();
    private final List<Workers> workers = new ArrayList<>();
    private volatile @Nullable Instant stoppingSince;
    private @Nullable IntakeDrain drain;

    @Inject
    EventlaneLifecycle(EventlaneConfig config, EventlaneBeans.Channels channels, Publishing publishing, Codecs codecs,
            Provider<HandlerTable> handlers, FailureHandlers failureHandlers,
            DeadLettersImpl deadLetters) {
        this.config = config;
        this.channels = channels;
        this.publishing = publishing;
        this.codecs = codecs;
        this.handlers = handlers;
        this.failureHandlers = failureHandlers;
        this.deadLetters = deadLetters;
    }

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent event, Config all) {
        Settings.checkSections(all.getPropertyNames());
        if (!config.enabled()) {
            LOG.info("Eventlane is switched off: quarkus.eventlane.enabled=false");
            return;
        }
        try {
            channels.all().checkTopics();
            channels.all().checkOutgoing();
            List<IncomingSettings> settings = channels.all().incoming(failureHandlers.names());
            openIncoming(settings);
            channels.all().knownOutgoing().forEach(publishing::warmUp);
            startIncoming(settings);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        close();
    }

    private void openIncoming(List<IncomingSettings> settings) {
        if (settings.isEmpty()) {
            return;
        }
        Map<String, ChannelHandlers> table = handlers.get().channels().stream()
                .collect(Collectors.toMap(ChannelHandlers::channel, Function.identity()));
        RequestScope scope = new ArcRequestScope(Arc.container().requestContext());
        ClassLoader classLoader = Thread.currentThread().getContextClassLoader();
        FailureTreatments treatments = new FailureTreatments(failureHandlers.byName(scope, classLoader));
        channels.all().openIncoming(settings,
                channel -> handling(channel, invocation(channel, table, scope, classLoader), treatments), this::workers);
    }

    private Handling handling(IncomingSettings channel, InboundHandler application, FailureTreatments treatments) {
        FailureTreatment treatment = treatments.of(channel.channel(), channel.failures(),
                DerivedId.of(channel.groupId(), channel.channel()), application,
                topic -> channels.all().openFailureTopic(channel, topic));
        deadLetters.add(channel.channel(), treatment, channels.all().replay(channel));
        return new Handling(reloadGate.map(gate -> gate.guard(treatment)).orElse(treatment), treatment);
    }

    private InboundHandler invocation(IncomingSettings channel, Map<String, ChannelHandlers> table, RequestScope scope,
            ClassLoader classLoader) {
        ChannelHandlers handlersOfChannel = table.get(channel.channel());
        if (handlersOfChannel == null) {
            throw new IllegalStateException("channel '" + channel.channel() + "' is planned, but has no handlers");
        }
        return new ChannelInvocation(handlersOfChannel, channel.groupId(), channel.unmatched(), codecs, publishing::channel,
                scope, classLoader);
    }

    private Workers workers(IncomingSettings channel) {
        Workers ofChannel = Workers.of(channel.channel(), channel.execution());
        workers.add(ofChannel);
        return ofChannel;
    }

    private void startIncoming(List<IncomingSettings> settings) {
        channels.settings().unusedIncoming(settings.stream().map(IncomingSettings::channel).toList()).forEach(LOG::warn);
        channels.all().unusedTopics(settings).forEach(LOG::warn);
        tellOfPinning(settings);
        channels.all().startIncoming();
    }

    private static void tellOfPinning(List<IncomingSettings> settings) {
        int jdk = Runtime.version().feature();
        if (jdk < JDK_WITHOUT_PINNING && settings.stream().anyMatch(channel -> channel.execution() == Execution.VIRTUAL)) {
            LOG.infof(
                    "On JDK %d, a virtual thread that blocks inside synchronized keeps its carrier thread busy, and there are only %d"
                            + " of these. JDK %d and later do not have that limit; quarkus.eventlane.incoming.<channel>.execution=platform"
                            + " takes the handlers of a channel off them",
                    jdk, Runtime.getRuntime().availableProcessors(),
                    JDK_WITHOUT_PINNING);
        }
    }

    @Override
    public boolean isEnabled() {
        return config.enabled();
    }

    @Override
    public @Nullable Instant stoppingSince() {
        return stoppingSince;
    }

    @Override
    public List<ChannelStatus> channels() {
        return channels.all().status();
    }

    /** Ends the intake and lets running handlers finish, in the background. Idempotent. */
    void beginDrain() {
        if (drain == null) {
            stoppingSince = Instant.now();
            reloadGate.ifPresent(ReloadGate::close);
            deadLetters.close("the application stops");
            drain = IntakeDrain.begin(config.shutdownTimeout(), channels.all()::closeIncoming);
        }
    }

    /** Returns what is left of the time for the whole shutdown. */
    Duration awaitDrained() {
        return drain == null ? config.shutdownTimeout() : drain.await();
    }

    /**
     * Sources first, so that running handlers can still publish; then what they published; then everybody who waits
     * to hear of it.
     */
    private void close() {
        beginDrain();
        long end = System.nanoTime() + awaitDrained().toNanos();
        channels.all().closeFailureTopics(left(end));
        publishing.close(left(end));
        channels.all().close();
        workers.forEach(Workers::close);
        channels.timer().shutdownNow();
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }
}
