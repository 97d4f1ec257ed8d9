package io.eventlane.it.guarantees;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.eventlane.Event;
import io.eventlane.EventPublisher;
import io.eventlane.PublishException;
import io.eventlane.PublishTo;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.runtime.StartupEvent;

/**
 * What a broker is to others, where there is none: publishes the events that come over a connection, and tells there which
 * were acknowledged, which have a result and which became dead letters.
 * <p>
 * An event comes as its key and its work, and is spoken of by its place among those that came.
 */
@Singleton
@IfBuildProperty(name = "quarkus.eventlane.connector", stringValue = "memory")
class Feed {

    private final EventPublisher<String> publisher;
    private final Socket socket;
    private final PrintWriter answers;

    /**
     * @param port of whoever sends the events, on this machine
     */
    Feed(@PublishTo("feed") EventPublisher<String> publisher, @ConfigProperty(name = "feed.port") int port)
            throws IOException {
        this.publisher = publisher;
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.answers = new PrintWriter(socket.getOutputStream(), true, UTF_8);
    }

    void start(@Observes StartupEvent event) {
        Thread.ofPlatform().name("feed").daemon().start(this::publishAll);
    }

    private void publishAll() {
        try (BufferedReader events = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
            String line = events.readLine();
            for (long number = 0; line != null; number++) {
                publish(number, line.split(" ", 2));
                line = events.readLine();
            }
        } catch (IOException e) {
            // Nobody wants more to be published.
        }
    }

    private void publish(long number, String[] event) {
        publisher.publish(event[0], event[1]).whenComplete((receipt, problem) -> {
            if (problem == null) {
                answers.println("acknowledged " + number + " " + receipt.position());
            } else if (!isClosed(problem)) {
                answers.println("failed " + number + " " + problem);
            }
        });
    }

    /** Then the connection ends soon, which is an answer to all. */
    private static boolean isClosed(Throwable problem) {
        return problem instanceof PublishException refused && refused.reason() == PublishException.Reason.CLOSED;
    }

    @Incoming("published-results")
    void result(Event<String> result) {
        answers.println("result " + result.payload());
    }

    @Incoming("letters")
    void letter(Event<String> letter) {
        answers.println("letter " + letter.key() + " " + Work.parse(letter.payload()).number() + " "
                + letter.header("dead-letter-topic") + "-" + letter.header("dead-letter-partition") + "@"
                + letter.header("dead-letter-offset"));
    }
}
