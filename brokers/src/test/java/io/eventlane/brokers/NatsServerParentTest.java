package io.eventlane.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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
        List<ProcessHandle> children = List.of();
        try {
            assertThat(parent.inputReader().readLine())
                    .startsWith("quarkus.eventlane.jetstream.servers=nats://127.0.0.1:");
            children = parent.descendants().toList();
            assertThat(children).as("the server, and what watches the parent").hasSize(2)
                    .anyMatch(child -> child.info().command().orElseThrow().endsWith("nats-server"));

            parent.destroyForcibly().waitFor();

            for (ProcessHandle child : children) {
                child.onExit().get(10, TimeUnit.SECONDS);
            }
        } finally {
            children.forEach(ProcessHandle::destroyForcibly);
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
