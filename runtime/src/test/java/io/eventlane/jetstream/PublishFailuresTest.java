package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.eventlane.jetstream.JetStreamOutgoing.Compression;

class PublishFailuresTest {

    @Test
    void whenAChannelsSettingIsTheReason_thenTheErrorNamesItsProperty() {
        assertThat(messages("quarkus.eventlane.outgoing.orders.")).satisfiesExactly(
                message -> assertThat(message).endsWith("within PT1S (quarkus.eventlane.outgoing.orders.ack-timeout)"),
                message -> assertThat(message).endsWith("PT2S (quarkus.eventlane.outgoing.orders.delivery-timeout)"),
                message -> assertThat(message).endsWith("is stored (quarkus.eventlane.outgoing.orders.ordered)"),
                message -> assertThat(message).contains("(quarkus.eventlane.outgoing.orders.max-inflight-messages)"));
    }

    @Test
    void whenATopicIsForFailedEvents_thenTheErrorNamesNoPropertyAsThereIsNone() {
        assertThat(messages(null)).noneMatch(message -> message.contains("(") || message.contains("null"));
    }

    private static List<String> messages(@Nullable String prefix) {
        PublishFailures failures = new PublishFailures(new JetStreamOutgoing("orders", "t", prefix, false, Compression.NONE, 10,
                true, Duration.ofSeconds(1), Duration.ofSeconds(2)));
        return List.of(failures.noAnswer().what(), failures.expired(failures.notConnected(), false).getMessage(),
                failures.overtaken(failures.connectionLost(), true).getMessage(), failures.backPressure(null).getMessage());
    }
}
