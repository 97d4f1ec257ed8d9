package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireSocketTest {

    private static final String INFO = """
            INFO {"server_id":"x","server_name":"x","version":"2.10.0","proto":1,"headers":true,"max_payload":1048576}\r
            """;

    private final AtomicInteger connections = new AtomicInteger();

    /** What no server sends must not end the client's thread that reads: it connects again. */
    @ParameterizedTest
    @ValueSource(strings = { "HMSG \r\n", "HMSG a 1\r\n", "HMSG a 1 99999999999 99999999999\r\n",
            "MSG\r\n" })
    void whenAServerSendsNoMessage_thenTheClientConnectsAgain(String sent) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> {
                while (!server.isClosed()) {
                    serve(server, sent);
                }
            });
            // Pings that are not answered would make it connect again too, only later.
            ConnectionSettings settings = Links.withPings(
                    ConnectionSettings.of("test", "nats://127.0.0.1:" + server.getLocalPort()), Duration.ofMinutes(1), 3);
            try (TestLink link = TestLink.open(settings)) {
                await().atMost(Duration.ofSeconds(20)).until(() -> connections.get() > 1);
            }
        }
    }

    private void serve(ServerSocket server, String sent) {
        try (Socket client = server.accept();
                var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII))) {
            connections.incrementAndGet();
            client.getOutputStream().write(INFO.getBytes(US_ASCII));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // The client has had its answer when it answers.
                String answer = line.startsWith("PING") ? "PONG\r\nPING\r\n" : line.startsWith("PONG") ? sent : "";
                client.getOutputStream().write(answer.getBytes(US_ASCII));
            }
        } catch (IOException e) {
            // The client has gone, or the test has ended.
        }
    }
}
