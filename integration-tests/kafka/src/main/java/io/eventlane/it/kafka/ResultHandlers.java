package io.eventlane.it.kafka;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

import io.eventlane.Event;
import io.smallrye.mutiny.Uni;

/** One handler for each kind of result, each fed by the one before. */
@ApplicationScoped
class ResultHandlers {

    private final Received received;

    ResultHandlers(Received received) {
        this.received = received;
    }

    @Incoming("payload-result")
    @Outgoing("uni-result")
    Alarm payload(String text) {
        return new Alarm(text + " payload");
    }

    @Incoming("uni-result")
    @Outgoing("stage-result")
    Uni<Alarm> uni(Alarm alarm) {
        return Uni.createFrom().item(() -> new Alarm(alarm.getText() + " uni"));
    }

    @Incoming("stage-result")
    @Outgoing("list-result")
    CompletionStage<Alarm> stage(Alarm alarm) {
        return CompletableFuture.supplyAsync(() -> new Alarm(alarm.getText() + " stage"));
    }

    @Incoming("list-result")
    @Outgoing("last-result")
    List<Alarm> list(Alarm alarm) {
        return List.of(new Alarm(alarm.getText() + " one"), new Alarm(alarm.getText() + " two"));
    }

    @Incoming("last-result")
    void last(Event<Alarm> event) {
        received.put("last-result", event.key() + " " + event.payload().getText());
    }
}
