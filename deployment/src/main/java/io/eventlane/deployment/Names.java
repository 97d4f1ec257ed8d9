package io.eventlane.deployment;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.jboss.jandex.DotName;

import io.eventlane.Envelope;
import io.eventlane.Event;
import io.eventlane.EventPublisher;
import io.eventlane.EventType;
import io.eventlane.Header;
import io.eventlane.Key;
import io.eventlane.PublishTo;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.annotations.Broadcast;
import io.smallrye.reactive.messaging.annotations.Incomings;
import io.smallrye.reactive.messaging.annotations.Merge;
import io.smallrye.reactive.messaging.annotations.Outgoings;

/** The names of the types that are looked for in the application. */
final class Names {

    static final DotName INCOMING = DotName.createSimple(Incoming.class);
    static final DotName INCOMINGS = DotName.createSimple(Incomings.class);
    static final DotName OUTGOING = DotName.createSimple(Outgoing.class);
    static final DotName OUTGOINGS = DotName.createSimple(Outgoings.class);
    static final DotName EVENT_TYPE = DotName.createSimple(EventType.class);
    static final DotName KEY = DotName.createSimple(Key.class);
    static final DotName HEADER = DotName.createSimple(Header.class);
    static final DotName PUBLISH_TO = DotName.createSimple(PublishTo.class);
    static final DotName ACKNOWLEDGMENT = DotName.createSimple(Acknowledgment.class);

    /** What quarkus-messaging must not see on a method that is ours. */
    static final Set<DotName> MESSAGING_ANNOTATIONS = Set.of(INCOMING, INCOMINGS, OUTGOING, OUTGOINGS,
            DotName.createSimple(Blocking.class),
            ACKNOWLEDGMENT,
            DotName.createSimple(Merge.class),
            DotName.createSimple(Broadcast.class));

    static final DotName EVENT = DotName.createSimple(Event.class);
    static final DotName ENVELOPE = DotName.createSimple(Envelope.class);
    static final DotName EVENT_PUBLISHER = DotName.createSimple(EventPublisher.class);
    static final DotName MESSAGE = DotName.createSimple(Message.class);
    static final DotName CONSUMER_RECORD = DotName.createSimple("org.apache.kafka.clients.consumer.ConsumerRecord");

    static final DotName OBJECT = DotName.OBJECT_NAME;
    static final DotName STRING = DotName.STRING_NAME;
    static final DotName VOID = DotName.createSimple(Void.class);
    static final DotName UNI = DotName.createSimple("io.smallrye.mutiny.Uni");
    static final DotName COMPLETION_STAGE = DotName.createSimple(CompletionStage.class);
    static final DotName COMPLETABLE_FUTURE = DotName.createSimple(CompletableFuture.class);

    /** Results that are awaited. */
    static final Set<DotName> ASYNCHRONOUS = Set.of(UNI, COMPLETION_STAGE, COMPLETABLE_FUTURE);

    /** Streams of values: an event has one payload, and a result is published when the handler has finished. */
    static final Set<DotName> STREAMS = Set.of(
            DotName.createSimple("io.smallrye.mutiny.Multi"),
            DotName.createSimple("org.reactivestreams.Publisher"),
            DotName.createSimple("org.reactivestreams.Subscriber"),
            DotName.createSimple("org.reactivestreams.Processor"),
            DotName.createSimple("java.util.concurrent.Flow$Publisher"),
            DotName.createSimple("java.util.concurrent.Flow$Subscriber"),
            DotName.createSimple("java.util.concurrent.Flow$Processor"),
            DotName.createSimple("java.util.stream.Stream"),
            DotName.createSimple("org.eclipse.microprofile.reactive.streams.operators.PublisherBuilder"),
            DotName.createSimple("org.eclipse.microprofile.reactive.streams.operators.SubscriberBuilder"),
            DotName.createSimple("org.eclipse.microprofile.reactive.streams.operators.ProcessorBuilder"));

    private Names() {
    }
}
