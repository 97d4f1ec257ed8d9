package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.eventlane.jetstream.TopicSpec.Persistence;
import io.eventlane.spi.InboundHandler.Delivery;
import io.eventlane.spi.InboundRecord;
import io.nats.client.Message;

/** Publishers in other languages write headers that the client would refuse to write, or to read. */
class ForeignHeadersTest {

    private static final String LATIN = "NATS/1.0\r\nX-Aggregate-ID:Zoë\r\nname: 名前 \r\nplain:text\r\n\r\n";

    private final TestNats nats = TestNats.shared();
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();
    private final Queue<Message> messages = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        nats.close();
    }

    private void handle(InboundRecord record, Delivery delivery) {
        StringBuilder all = new StringBuilder(new String(record.key(), UTF_8));
        record.forEachHeader((name, value) -> all.append(' ').append(name).append('=').append(new String(value, UTF_8)));
        handled.add(all.append(' ').append(new String(record.payload(), UTF_8)).toString());
        messages.add((Message) record.unwrap());
    }

    /** Speaks to the server as any client may. */
    private void publish(String subject, String headers, String payload) throws IOException {
        URI server = URI.create(nats.url());
        byte[] block = headers.getBytes(UTF_8);
        byte[] data = payload.getBytes(UTF_8);
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("CONNECT {\"verbose\":false,\"headers\":true}\r\nHPUB %s %d %d\r\n".formatted(subject, block.length,
                    block.length + data.length)).getBytes(UTF_8));
            out.write(block);
            out.write(data);
            out.write("\r\nPING\r\n".getBytes(UTF_8));
            out.flush();
            awaitPong(socket);
        }
    }

    private static void awaitPong(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("PONG") < 0) {
            int read = socket.getInputStream().read();
            assertThat(read).as("what the server says: %s", answer).isNotNegative();
            answer.append((char) read);
        }
    }

    @Test
    void whenHeadersOfAStreamsMessageAreNotAscii_thenItIsHandledWithTheBytesThatTheyAre() throws Exception {
        String topic = nats.topic();
        publish(topic, LATIN, "first");
        publish(topic, "NATS/1.0\r\nX-Aggregate-ID:k\r\nno colon at all\r\n\r\n", "second");
        nats.send(topic, "k", "third");
        try (var running = new TestIncoming(nats, topic, this::handle).start()) {
            await().until(() -> handled.size() >= 3);
            running.awaitReady();
        }
        assertThat(handled).containsExactlyInAnyOrder("Zoë X-Aggregate-ID=Zoë name=名前 plain=text first",
                "k X-Aggregate-ID=k second", "k X-Aggregate-ID=k third");
        await().until(() -> nats.consumer(topic).getNumAckPending() == 0);
        assertThat(nats.consumer(topic).getDelivered().getConsumerSequence()).as("deliveries").isEqualTo(3);
    }

    @Test
    void whenHeadersOfAnEphemeralMessageAreNotAscii_thenItIsHandledWithTheBytesThatTheyAre() throws Exception {
        String topic = TestNats.unique();
        TopicSpec plain = TopicSpec.of(topic);
        try (var running = new TestIncoming(nats, topic, this::handle).spec(new TopicSpec(topic, Persistence.EPHEMERAL,
                plain.stream(), 1, plain.strategy(), plain.onMismatch(), plain.settings())).start()) {
            await().until(() -> {
                publish(topic, LATIN, "first");
                return !handled.isEmpty();
            });
            assertThat(running.isReady()).isTrue();
        }
        assertThat(handled).containsOnly("Zoë X-Aggregate-ID=Zoë name=名前 plain=text first");
    }

    @Test
    void whenAHandlerWantsTheMessageOfTheClient_thenItHasWhatTheClientCanHold() throws Exception {
        String topic = nats.topic();
        publish(topic, LATIN, "first");
        try (var running = new TestIncoming(nats, topic, this::handle).start()) {
            await().until(() -> !handled.isEmpty());
            running.awaitReady();
        }
        Message message = messages.element();
        assertThat(message.getSubject()).isEqualTo(topic);
        assertThat(message.getData()).asString(UTF_8).isEqualTo("first");
        assertThat(message.getHeaders().keySet()).isEqualTo(java.util.Set.copyOf(List.of("plain")));
        assertThat(message.getReplyTo()).startsWith("$JS.ACK.");
    }
}
