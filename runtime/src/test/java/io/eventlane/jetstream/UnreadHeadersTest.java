package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;

import org.junit.jupiter.api.Test;

class UnreadHeadersTest {

    private static final String HEADERS = "NATS/1.0\r\nname:Zoë\r\n\r\n";

    /** What the client reads when the server sends that, in pieces of any size. */
    private static String read(String sent, Random random) {
        var from = new ByteArrayInputStream(sent.getBytes(UTF_8));
        UnreadHeaders filter = new UnreadHeaders("_INBOX.app.");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[1 + random.nextInt(500)];
        try {
            for (int read = 0; read >= 0; read = filter.read(
                    (to, offset, length) -> from.read(to, offset, Math.min(length, 1 + random.nextInt(300))), piece, 0,
                    piece.length)) {
                all.write(piece, 0, read);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return all.toString(UTF_8);
    }

    private static void assertRead(String sent, String expected) {
        for (int seed = 0; seed < 200; seed++) {
            assertThat(read(sent, new Random(seed))).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private static String hmsg(String subject, String replyTo, String headers, String payload) {
        int length = headers.getBytes(UTF_8).length;
        return "HMSG %s 7%s %d %d\r\n%s%s\r\n".formatted(subject, replyTo.isEmpty() ? "" : " " + replyTo, length,
                length + payload.getBytes(UTF_8).length, headers, payload);
    }

    private static String msg(String subject, String replyTo, String payload) {
        return "MSG %s 7%s %d\r\n%s\r\n".formatted(subject, replyTo.isEmpty() ? "" : " " + replyTo,
                payload.getBytes(UTF_8).length, payload);
    }

    @Test
    void whenAMessageHasHeaders_thenTheyBecomeAPartOfItsPayload() {
        int length = HEADERS.getBytes(UTF_8).length;

        assertRead(hmsg("orders", "$JS.ACK.orders.app.1.1.1.1.0", HEADERS, "{}"),
                msg("orders~" + length, "$JS.ACK.orders.app.1.1.1.1.0", HEADERS + "{}"));
        assertRead(hmsg("orders", "", HEADERS, ""), msg("orders~" + length, "", HEADERS));
    }

    @Test
    void whenItIsAnAnswerToTheClient_thenItStaysAsItIs() {
        String status = hmsg("_INBOX.app.x.1", "", "NATS/1.0 408 Request Timeout\r\n\r\n", "");

        assertRead(status, status);
        assertRead(hmsg("_INBOX.other.1", "", HEADERS, "a"), msg("_INBOX.other.1~" + HEADERS.getBytes(UTF_8).length, "",
                HEADERS + "a"));
    }

    @Test
    void whenItIsNoMessageWithHeaders_thenItStaysAsItIs() {
        String sent = "INFO {\"server_id\":\"x\"}\r\nPING\r\n+OK\r\n" + msg("orders", "reply", "HMSG a 1 2 3\r\n")
                + "-ERR 'HMSG'\r\n" + msg("orders", "", "") + msg("orders", "", "\r\n") + "PONG\r\n";

        assertRead(sent, sent);
    }

    @Test
    void whenItIsLargerThanAnyBuffer_thenItIsAllThere() {
        String headers = "NATS/1.0\r\nlong:" + "x".repeat(200_000) + "\r\n\r\n";
        String sent = msg("a", "", "y".repeat(300_000)) + hmsg("b", "r", headers, "z".repeat(100_000)) + "PING\r\n";

        assertThat(read(sent, new Random(1))).isEqualTo(msg("a", "", "y".repeat(300_000))
                + msg("b~" + headers.length(), "r", headers + "z".repeat(100_000)) + "PING\r\n");
    }

    @Test
    void whenMessagesOfAllKindsFollowEachOther_thenEachIsWhole() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            StringBuilder sent = new StringBuilder();
            StringBuilder expected = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                any(random, sent, expected);
            }
            assertThat(read(sent.toString(), random)).as("seed %d", seed).isEqualTo(expected.toString());
        }
    }

    private static void any(Random random, StringBuilder sent, StringBuilder expected) {
        String payload = "p\r\n".repeat(random.nextInt(60));
        String reply = random.nextBoolean() ? "" : "reply." + random.nextInt(10_000);
        switch (random.nextInt(4)) {
            case 0 -> {
                String headers = "NATS/1.0\r\n" + "name:ü\r\n".repeat(random.nextInt(30)) + "\r\n";
                sent.append(hmsg("orders", reply, headers, payload));
                expected.append(msg("orders~" + headers.getBytes(UTF_8).length, reply, headers + payload));
            }
            case 1 -> {
                String message = msg("orders", reply, payload);
                sent.append(message);
                expected.append(message);
            }
            case 2 -> {
                String answer = hmsg("_INBOX.app.1", "", "NATS/1.0 100\r\n\r\n", "");
                sent.append(answer);
                expected.append(answer);
            }
            default -> {
                sent.append("PING\r\n");
                expected.append("PING\r\n");
            }
        }
    }

    @Test
    void whenSomebodyUsesSuchASubjectHimself_thenAMessageWithoutHeadersIsTakenAsItIs() {
        ReceivedMessage message = ReceivedMessage.of(io.nats.client.impl.NatsMessage.builder().subject("orders~12")
                .data("a payload of more than that".getBytes(ISO_8859_1)).build());

        assertThat(message.subject()).isEqualTo("orders~12");
        assertThat(message.headers().count()).isZero();
        assertThat(message.body()).asString(UTF_8).isEqualTo("a payload of more than that");
    }
}
