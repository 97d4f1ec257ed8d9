package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AckSubjectTest {

    @Test
    void whenItIsOfAServerWithoutDomains_thenItsPartsAreFound() {
        assertParts(AckSubject.parse("$JS.ACK.orders.app.2.17.23.1795633633091898452.199"), "$JS.ACK.orders.app.");
    }

    @Test
    void whenItHasADomainAndAnAccount_thenItsPartsAreFound() {
        assertParts(AckSubject.parse("$JS.ACK.hub.ACHASH.orders.app.2.17.23.1795633633091898452.199.abc"),
                "$JS.ACK.hub.ACHASH.orders.app.");
    }

    private static void assertParts(AckSubject subject, String prefix) {
        assertThat(subject.prefix()).isEqualTo(prefix);
        assertThat(subject.streamSequence()).isEqualTo(17);
        assertThat(subject.consumerSequence()).isEqualTo(23);
        assertThat(subject.nanos()).isEqualTo(1795633633091898452L);
    }

    @Test
    void whenItIsMadeForAMessage_thenItIsReadAsSuch() {
        AckSubject made = AckSubject.parse(AckSubject.of(AckSubject.prefix("orders", "app"), 17, 23));

        assertThat(made.prefix()).isEqualTo("$JS.ACK.orders.app.");
        assertThat(made.streamSequence()).isEqualTo(17);
        assertThat(made.consumerSequence()).isEqualTo(23);
    }

    @Test
    void whenItIsAnythingElse_thenItIsRefused() {
        assertThatThrownBy(() -> AckSubject.parse("_INBOX.abc")).hasMessageContaining("_INBOX.abc");
        assertThatThrownBy(() -> AckSubject.parse("$JS.ACK.orders.app.2.x.23.17.1")).hasMessageContaining("orders");
        assertThatThrownBy(() -> AckSubject.parse("$JS.ACK.orders.app.2")).hasMessageContaining("orders");
    }
}
