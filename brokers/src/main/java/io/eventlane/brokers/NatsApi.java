package io.eventlane.brokers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks the API of JetStream, in NATS' own words and without a client library. */
final class NatsApi {

    private static final int TIMEOUT_MILLIS = 5000;

    private NatsApi() {
    }

    /**
     * One request over a connection of its own.
     *
     * @param port of a server
     * @param body in JSON and ASCII
     * @return the answer, in JSON; or the error that the server answers with, as it does where it wants credentials or TLS
     * @throws IOException also when no answer comes within 5 seconds
     */
    static String request(int port, String subject, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            String text = "CONNECT {\"verbose\":false,\"protocol\":1}\r\nSUB answer 1\r\nPUB " + subject + " answer "
                    + body.length() + "\r\n" + body + "\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String line = in.readLine();
            while (line != null && !line.startsWith("MSG ") && !line.startsWith("-ERR ")) {
                line = in.readLine();
            }
            if (line == null) {
                throw new IOException("The server closed the connection before it answered");
            }
            return line.startsWith("MSG ") ? String.valueOf(in.readLine()) : line;
        }
    }
}
