package io.eventlane.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;

/** The proxy in front of a server that sends back what it gets. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class TcpProxyTest {

    private ServerSocket server;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        proxy = TcpProxy.to(server.getLocalPort());
    }

    @AfterEach
    void end() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void whenNothingIsDisturbed_thenBytesAndTheEndComeBack() throws Exception {
        try (Socket client = connect()) {
            byte[] much = new byte[1_000_000];
            much[much.length - 1] = 1;
            Thread.ofVirtual().start(() -> send(client, much));

            assertThat(client.getInputStream().readAllBytes()).isEqualTo(much);
        }
    }

    @Test
    void whenCut_thenConnectionsAreResetAndNewOnesWork() throws Exception {
        try (Socket client = connect()) {
            assertThat(echo(client, 1)).isEqualTo(1);
            proxy.cut();

            assertThatThrownBy(() -> client.getInputStream().read())
                    .isInstanceOf(SocketException.class).hasMessageContaining("reset");
            try (Socket next = connect()) {
                assertThat(echo(next, 2)).isEqualTo(2);
            }
        }
    }

    @Test
    void whenRefusing_thenNewConnectionsFailAndOldOnesWorkUntilAccepted() throws Exception {
        try (Socket client = connect()) {
            assertThat(echo(client, 1)).isEqualTo(1);
            proxy.refuse();

            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
            assertThat(echo(client, 2)).isEqualTo(2);

            proxy.accept();
            try (Socket next = connect()) {
                assertThat(echo(next, 3)).isEqualTo(3);
            }
        }
    }

    @Test
    void whenStalled_thenNothingComesUntilResumed() throws Exception {
        try (Socket client = connect()) {
            assertThat(echo(client, 1)).isEqualTo(1);
            proxy.stall();
            client.setSoTimeout(200);
            assertThatThrownBy(() -> echo(client, 2)).isInstanceOf(SocketTimeoutException.class);

            client.setSoTimeout(0);
            proxy.resume();

            assertThat(client.getInputStream().read()).isEqualTo(2);
        }
    }

    @Test
    void whenStalled_thenANewConnectionIsMadeAndHearsNothing() throws Exception {
        proxy.stall();
        try (Socket client = connect()) {
            client.setSoTimeout(200);
            assertThatThrownBy(() -> echo(client, 1)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void whenDelayed_thenAnAnswerTakesTwiceTheDelay() throws Exception {
        try (Socket client = connect()) {
            assertThat(echo(client, 1)).isEqualTo(1);
            proxy.delay(Duration.ofMillis(300));
            long start = System.nanoTime();
            assertThat(echo(client, 2)).isEqualTo(2);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(600));
        }
    }

    @Test
    void whenNothingListensBehind_thenAConnectionIsReset() throws Exception {
        try (TcpProxy orphan = TcpProxy.to(FreePort.find()); Socket client = new Socket("127.0.0.1", orphan.port())) {
            assertThatThrownBy(() -> echo(client, 1)).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void whenClosedWithStalledConnections_thenTheyAreResetAndNoThreadIsLeft(@TempDir Path dumps) throws Exception {
        try (Socket client = connect()) {
            assertThat(echo(client, 1)).isEqualTo(1);
            proxy.stall();
            client.getOutputStream().write(2);
            assertThat(threads(dumps.resolve("before"))).contains("tcp-proxy-" + proxy.port());

            proxy.close();

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
            assertThat(threads(dumps.resolve("after"))).doesNotContain("tcp-proxy-" + proxy.port());
            assertThatThrownBy(proxy::accept).isInstanceOf(IllegalStateException.class);
        }
    }

    private Socket connect() throws IOException {
        return new Socket("127.0.0.1", proxy.port());
    }

    private static int echo(Socket client, int value) throws IOException {
        client.getOutputStream().write(value);
        return client.getInputStream().read();
    }

    private static void send(Socket client, byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
            client.shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void serve() {
        try {
            while (true) {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> echoAll(client));
            }
        } catch (IOException e) {
            // The test has ended.
        }
    }

    private static void echoAll(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            // The connection was reset.
        }
    }

    private static String threads(Path file) throws IOException {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
        return Files.readString(file);
    }
}
