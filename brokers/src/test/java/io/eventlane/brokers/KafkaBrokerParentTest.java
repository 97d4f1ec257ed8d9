package io.eventlane.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class KafkaBrokerParentTest {

    @TempDir
    Path data;

    @Test
    void whenTheParentIsKilled_thenTheBrokerEndsToo() throws Exception {
        Process parent = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", ChildJvm.codeOf(KafkaBroker.class).toString(), KafkaBroker.class.getName(), "--data=" + data)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            assertThat(parent.inputReader().readLine()).startsWith("kafka.bootstrap.servers=127.0.0.1:");
            ProcessHandle broker = parent.children().findFirst().orElseThrow();

            parent.destroyForcibly().waitFor();

            broker.onExit().get(30, TimeUnit.SECONDS);
            assertThat(broker.isAlive()).isFalse();
        } finally {
            parent.descendants().forEach(ProcessHandle::destroyForcibly);
            parent.destroyForcibly();
        }
    }
}
