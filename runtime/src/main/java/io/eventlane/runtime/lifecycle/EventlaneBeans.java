package io.eventlane.runtime.lifecycle;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.eventlane.EventBus;
import io.eventlane.EventPublisher;
import io.eventlane.PublishTo;
import io.eventlane.jetstream.JetStreamConnector;
import io.eventlane.runtime.ChannelPlan;
import io.eventlane.runtime.codec.Codecs;
import io.eventlane.runtime.config.EventlaneConfig;
import io.eventlane.runtime.config.Settings;
import io.eventlane.runtime.failure.DeadLettersImpl;
import io.eventlane.runtime.publish.EventBusImpl;
import io.eventlane.runtime.publish.EventPublisherImpl;
import io.eventlane.runtime.publish.Publishing;
import io.eventlane.spi.Codec;
import io.eventlane.spi.PublishListener;
import io.quarkus.arc.All;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.BlockingOperationControl;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.common.annotation.Identifier;

/** What an application can inject, and what it is made of. */
@Singleton
public class EventlaneBeans {

    private static final String SWITCHED_OFF = "Eventlane is switched off: quarkus.eventlane.enabled=false";

    @Produces
    @Singleton
    Codecs codecs(ObjectMapper mapper, @All List<Codec<?>> application) {
        return new Codecs(mapper, application);
    }

    @Produces
    @Singleton
    Channels channels(ChannelPlan plan, EventlaneConfig config, TlsConfigurationRegistry tls,
            @ConfigProperty(name = "quarkus.application.name", defaultValue = "eventlane") String application,
            @Identifier("default-kafka-broker") Map<String, Object> clientDefaults) {
        Settings settings = new Settings(config);
        ScheduledExecutorService timer = timer();
        JetStreamChannels jetStream = new JetStreamChannels(() -> new JetStreamConnector.Definition(
                settings.connection(application, new RegisteredTls(tls)),
                TopicUse.specs(plan, settings), timer));
        return new Channels(settings, new AllChannels(plan, settings,
                List.of(new KafkaChannels(clientDefaults, timer), jetStream, new MemoryChannels(timer))), timer);
    }

    private static ScheduledExecutorService timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
                Thread.ofPlatform().daemon().name("eventlane-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return timer;
    }

    @Produces
    @Singleton
    Publishing publishing(Channels channels, Codecs codecs, @All List<PublishListener> listeners, EventlaneConfig config) {
        Publishing publishing = new Publishing(channels.all(), codecs, listeners, EventlaneBeans::mayWait);
        if (!config.enabled()) {
            publishing.refuse(SWITCHED_OFF);
        }
        return publishing;
    }

    private static boolean mayWait() {
        return Thread.currentThread().isVirtual() || BlockingOperationControl.isBlockingAllowed();
    }

    @Produces
    @Singleton
    DeadLettersImpl deadLetters(EventlaneConfig config) {
        DeadLettersImpl letters = new DeadLettersImpl(EventlaneBeans::mayWait);
        if (!config.enabled()) {
            letters.close(SWITCHED_OFF);
        }
        return letters;
    }

    @Produces
    @Singleton
    @DefaultBean
    EventBus eventBus(Publishing publishing) {
        return new EventBusImpl(publishing);
    }

    @Produces
    @Dependent
    @PublishTo("")
    <T> EventPublisher<T> eventPublisher(InjectionPoint where, Publishing publishing) {
        String channel = where.getQualifiers().stream()
                .filter(PublishTo.class::isInstance)
                .map(qualifier -> ((PublishTo) qualifier).value())
                .findFirst().orElseThrow();
        return new EventPublisherImpl<>(publishing.channel(channel));
    }

    /** The channels, before they are started, and what they share. */
    record Channels(Settings settings, AllChannels all, ScheduledExecutorService timer) {
    }
}
