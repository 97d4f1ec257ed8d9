package io.eventlane.demo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import io.eventlane.brokers.NatsRelease;

class JetStreamTest {

    private static final NatsRelease OLD = new NatsRelease("2.9.10", Path.of("/usr/sbin/nats-server"));

    @Test
    void whenTheServerIsTooOldForPartitions_thenTheErrorSaysWhatToDo() {
        assertThatThrownBy(() -> JetStream.requireAbleTo(4, OLD)).isInstanceOf(IllegalStateException.class).hasMessage("""
                Topics with 4 partitions take nats-server 2.10.0 or newer, but /usr/sbin/nats-server is version 2.9.10.
                Run with --partitions=1, or get a newer one with brokers/nats-servers trixie, which is used unless NATS_SERVER \
                names another.""");
    }

    @Test
    void whenTheServerIsNewEnoughOrThereAreNoPartitions_thenItIsTaken() {
        assertThatCode(() -> JetStream.requireAbleTo(1, OLD)).doesNotThrowAnyException();
        assertThatCode(() -> JetStream.requireAbleTo(4, new NatsRelease("2.10.0", OLD.executable())))
                .doesNotThrowAnyException();
        assertThatCode(() -> JetStream.requireAbleTo(4, new NatsRelease("2.15.1", OLD.executable())))
                .doesNotThrowAnyException();
    }
}
