package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import io.eventlane.InvalidEventException;
import io.nats.client.impl.Headers;

class JetStreamInboundRecordTest {

    @Test
    void whenThePayloadIsDamaged_thenItFailsAndADeadLetterHasTheBytesAsTheyCame() {
        Headers compressed = new Headers().add(WireNames.COMPRESSION, "lz4").add(WireNames.LENGTH, "100");
        var record = new JetStreamInboundRecord(
                Arriving.message("orders", "$JS.ACK.orders.app.1.1.1.1.0", compressed, "no lz4".getBytes(UTF_8)), "orders",
                new MessageReader("orders"));

        assertThatThrownBy(record::payload).isInstanceOf(InvalidEventException.class);
        assertThat(record.letterPayload()).asString(UTF_8).isEqualTo("no lz4");
    }
}
