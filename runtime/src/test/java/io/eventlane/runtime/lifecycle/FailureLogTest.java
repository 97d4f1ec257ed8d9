package io.eventlane.runtime.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.eventlane.Position;
import io.eventlane.channel.BareRecord;
import io.eventlane.engine.Verdict;

class FailureLogTest {

    private final AtomicLong nanos = new AtomicLong();
    private final FailureLog log = new FailureLog("orders", nanos::get);
    private final Recording recording = new Recording();

    @BeforeEach
    void listen() {
        Logger.getLogger("io.eventlane").addHandler(recording);
    }

    @AfterEach
    void stopListening() {
        Logger.getLogger("io.eventlane").removeHandler(recording);
    }

    @Test
    void whenAnEventFails_thenChannelPositionKeyAndNextAttemptAreLogged() {
        Exception failure = new Exception("no");

        log.onFailure(failed("order-17"), 3, failure, new Verdict.Retry(Duration.ofMillis(4_000)));

        assertThat(recording.messages).containsExactly(
                "Channel 'orders': attempt 3 at the event at topic-1@5 with the key 'order-17' failed; its key is tried again in 4000 ms");
        assertThat(recording.causes).containsExactly(failure);
    }

    @Test
    void whenManyFail_thenOnePerSecondIsLoggedAndTheOthersAreCounted() {
        for (int i = 0; i < 100; i++) {
            log.onFailure(failed(null), 1, new Exception(), new Verdict.Retry(Duration.ofSeconds(1)));
        }
        nanos.set(Duration.ofSeconds(1).toNanos());
        log.onFailure(failed(null), 1, new Exception(), new Verdict.Retry(Duration.ofSeconds(1)));

        assertThat(recording.messages).containsExactly(
                "Channel 'orders': attempt 1 at the event at topic-1@5 failed; its key is tried again in 1000 ms",
                "Channel 'orders': attempt 1 at the event at topic-1@5 failed; its key is tried again in 1000 ms"
                        + " (99 more failures were not logged)");
    }

    @Test
    void whenWorkersStarve_thenTheWayOutIsNamed() {
        log.onStarvation(Duration.ofSeconds(2));

        assertThat(recording.messages).singleElement().asString().startsWith("Channel 'orders': ").contains("2000 ms",
                "quarkus.eventlane.incoming.orders.execution=platform");
    }

    private static final class Recording extends Handler {

        final List<String> messages = new ArrayList<>();
        final List<Throwable> causes = new ArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            messages.add(ExtLogRecord.wrap(entry).getFormattedMessage());
            causes.add(entry.getThrown());
        }

        @Override
        public void flush() {
            // nothing is buffered
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    private static BareRecord failed(@Nullable String key) {
        return new BareRecord(new Position("topic", 1, 5), Instant.EPOCH, key == null ? null : key.getBytes(UTF_8));
    }
}
