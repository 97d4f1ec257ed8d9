package io.eventlane.it.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.jboss.resteasy.reactive.RestPath;

import io.eventlane.Envelope;
import io.eventlane.EventBus;
import io.eventlane.PublishReceipt;
import io.eventlane.it.kafka.Reading.Unit;
import io.eventlane.it.kafka.Reading.Value;

/** Publishes an event of each kind, and tells what the handlers were given. */
@Path("/events")
public class EventsResource {

    private static final Reading READING = new Reading("s-1", Instant.parse("2026-01-31T12:00:00Z"),
            Map.of("temperature", new Value(21.5, Unit.CELSIUS)));

    private final EventBus bus;
    private final Received received;

    EventsResource(EventBus bus, Received received) {
        this.bus = bus;
        this.received = received;
    }

    @POST
    @Path("/{kind}")
    public CompletionStage<String> publish(@RestPath String kind) {
        CompletionStage<PublishReceipt> receipt = switch (kind) {
            case "text" -> bus.publish("text", "key", "hello");
            case "bytes" -> bus.publish("bytes", "key", "hello".getBytes(UTF_8));
            case "number" -> bus.publish("number", "key", 42L);
            case "reading" -> bus.publish("reading", "key", READING);
            case "alarm" -> bus.publish("alarm", "key", new Alarm("too hot"));
            case "envelope" -> bus.publish("envelope", Envelope.of("key", "readings", 1, List.of(READING)));
            case "first", "second", "third" ->
                bus.publish("parameters", Envelope.of("key", kind, 1, "hello").withTenantId("acme"));
            case "payload-result" -> bus.publish("payload-result", "key", "result:");
            default -> throw new NotFoundException(kind);
        };
        return receipt.thenApply(r -> String.valueOf(r.position()));
    }

    @GET
    @Path("/{handler}")
    public String received(@RestPath String handler) {
        return received.get(handler).orElseThrow(() -> new NotFoundException(handler));
    }
}
