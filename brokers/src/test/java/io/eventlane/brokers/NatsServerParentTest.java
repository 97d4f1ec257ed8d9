package io.eventlane.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@NeedsNats
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class NatsServerParentTest {

    @TempDir
    Path data;

    @Test
    void whenTheParentIsKilled_thenTheServerEndsToo() throws Exception {
        Process parent = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", ChildJvm.codeOf(NatsServer.class).toString(), NatsServer.class.getName(), "--data=" + data)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            assertThat(parent.inputReader().readLine())
                    .startsWith("quarkus.eventlane.jetstream.servers=nats://127.0.0.1:");
            ProcessHandle server = parent.children().findFirst().orElseThrow();
            assertThat(server.info().command().orElseThrow()).endsWith("nats-server");
            ProcessHandle watcher = server.children().findFirst().orElseThrow();

            parent.destroyForcibly().waitFor();

            server.onExit().get(10, TimeUnit.SECONDS);
            watcher.onExit().get(10, TimeUnit.SECONDS);
            assertThat(server.isAlive()).isFalse();
            assertThat(watcher.isAlive()).isFalse();
        } finally {
            parent.descendants().forEach(ProcessHandle::destroyForcibly);
            parent.destroyForcibly();
        }
    }

    @Test
    void whenTheServerIsKilled_thenWhatWatchesTheParentEndsToo() throws Exception {
        try (NatsServer server = NatsServer.start()) {
            ProcessHandle watcher = ProcessHandle.of(server.pid()).orElseThrow().children().findFirst().orElseThrow();

            server.kill();

            watcher.onExit().get(10, TimeUnit.SECONDS);
            assertThat(watcher.isAlive()).isFalse();
        }
    }
}
