package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.eventlane.jetstream.Deliveries.Arrival;
import io.nats.client.impl.NatsMessage;

class DeliveriesTest {

    private final Deliveries deliveries = new Deliveries(true, 0);
    private long delivery;

    private JetStreamInboundRecord message(long sequence, long consumerSequence, long nanos) {
        NatsMessage message = NatsMessage.builder().subject("orders").data("x")
                .replyTo("$JS.ACK.orders.app.1." + sequence + "." + consumerSequence + "." + nanos + ".0").build();
        return new JetStreamInboundRecord(ReceivedMessage.of(message), "orders", new MessageReader("orders"));
    }

    /** The next delivery of the consumer. */
    private JetStreamInboundRecord next(long sequence) {
        return message(sequence, ++delivery, sequence);
    }

    private List<Long> open() {
        assertThat(deliveries.haveAllSince(delivery)).isTrue();
        return deliveries.open().stream().map(JetStreamInboundRecord::sequence).toList();
    }

    @Test
    void whenItWasNotOpened_thenEverythingIsKeptAndComesInTheOrderOfTheStream() {
        assertThat(deliveries.arrived(next(7))).isEqualTo(Arrival.KEPT);
        assertThat(deliveries.arrived(next(3))).isEqualTo(Arrival.KEPT);
        assertThat(deliveries.arrived(next(5))).isEqualTo(Arrival.KEPT);

        assertThat(open()).containsExactly(3L, 5L, 7L);
        assertThat(deliveries.arrived(next(8))).isEqualTo(Arrival.DUE);
    }

    @Test
    void whenADeliveryIsMissing_thenWhatComesIsKept() {
        open();
        assertThat(deliveries.arrived(next(1))).isEqualTo(Arrival.DUE);
        delivery++;

        assertThat(deliveries.arrived(next(3))).isEqualTo(Arrival.KEPT);
        assertThat(deliveries.arrived(next(2))).isEqualTo(Arrival.KEPT);

        assertThat(open()).containsExactly(2L, 3L);
    }

    @Test
    void whenADeliveryIsRepeatedWithItsNumber_thenWhatComesIsKept() {
        open();
        deliveries.arrived(next(1));
        deliveries.arrived(next(2));

        assertThat(deliveries.arrived(message(2, 2, 2))).isEqualTo(Arrival.HELD);
        assertThat(deliveries.isOpen()).isFalse();
    }

    @Test
    void whenAMessageComesAgain_thenItIsHeldOrDone() {
        open();
        JetStreamInboundRecord first = next(1);
        deliveries.arrived(first);
        assertThat(deliveries.arrived(next(1))).isEqualTo(Arrival.HELD);

        deliveries.done(first);

        assertThat(deliveries.arrived(next(1))).isEqualTo(Arrival.DONE);
    }

    @Test
    void whenWhatIsDoneComesAsANewerMessage_thenItIsAnotherOne() {
        open();
        JetStreamInboundRecord first = next(1);
        deliveries.arrived(first);
        deliveries.done(first);

        assertThat(deliveries.arrived(message(1, ++delivery, 2))).as("of a stream that was created anew")
                .isEqualTo(Arrival.OUT_OF_PLACE);
    }

    @Test
    void whenTheServerHasDeliveredMoreThanHasCome_thenItIsSeenWithoutAnotherMessage() {
        open();
        deliveries.arrived(next(1));

        assertThat(deliveries.lacksDelivery(delivery)).isFalse();
        assertThat(deliveries.lacksDelivery(delivery + 1)).isTrue();
    }

    @Test
    void whenAnOlderOneComesThatWasNeverSeen_thenItIsOutOfPlace() {
        open();
        deliveries.arrived(next(5));

        assertThat(deliveries.arrived(next(4))).isEqualTo(Arrival.OUT_OF_PLACE);
    }

    @Test
    void whenAnotherMessageHasTheSequence_thenItIsOutOfPlace() {
        open();
        deliveries.arrived(next(5));

        assertThat(deliveries.arrived(message(5, ++delivery, 999))).isEqualTo(Arrival.OUT_OF_PLACE);
    }

    @Test
    void whenOthersHoldMessages_thenTheyAreMissing() {
        deliveries.arrived(next(2));
        deliveries.arrived(next(9));

        // Delivered up to 6, four pending: of these, this process holds the one at 2.
        assertThat(deliveries.missing(0, 6, 4)).isEqualTo(3);
        assertThat(unknown(0, 6)).containsExactly(1L, 3L, 4L, 5L, 6L);
    }

    @Test
    void whenAHeldMessageIsNotPendingAnyMore_thenItHidesNoneThatIsMissing() {
        deliveries.arrived(next(2));
        deliveries.arrived(next(5));

        // What is at 2 was deleted, so the server waits for nothing up to 3.
        assertThat(deliveries.missing(3, 6, 2)).isEqualTo(1);
    }

    @Test
    void whenAllHasComeSinceTheServerWasAsked_thenItGoesOnFromThere() {
        deliveries.arrived(next(1));
        deliveries.arrived(next(2));
        deliveries.arrived(next(3));

        // The answer is of when two were delivered.
        assertThat(deliveries.haveAllSince(2)).isTrue();
        deliveries.open();
        assertThat(deliveries.arrived(next(4))).isEqualTo(Arrival.DUE);
    }

    @Test
    void whenSomeWentElsewhereSinceTheServerWasAsked_thenItHasToBeAskedAgain() {
        deliveries.arrived(next(1));
        delivery++;
        deliveries.arrived(next(3));

        assertThat(deliveries.haveAllSince(1)).isFalse();
        assertThat(deliveries.arrived(next(4))).isEqualTo(Arrival.KEPT);
        assertThat(deliveries.haveAllSince(3)).isTrue();
    }

    @Test
    void whenTheFirstAfterOpeningIsNotTheNext_thenItIsKept() {
        assertThat(deliveries.haveAllSince(7)).isTrue();
        deliveries.open();
        delivery = 8;

        assertThat(deliveries.arrived(next(9))).isEqualTo(Arrival.KEPT);
    }

    @Test
    void whenTheServerCountsFromALowerNumberAgain_thenAnOlderOneDoesNotKeepItClosed() {
        delivery = 99;
        deliveries.arrived(next(1));
        assertThat(deliveries.haveAllSince(95)).isFalse();

        assertThat(deliveries.haveAllSince(95)).isTrue();
    }

    private List<Long> unknown(long floor, long delivered) {
        List<Long> unknown = new ArrayList<>();
        deliveries.forEachUnknown(floor, delivered, unknown::add);
        return unknown;
    }

    @Test
    void whenMessagesAreDone_thenAConsumerGoesOnAtTheFirstThatIsNot() {
        open();
        List<JetStreamInboundRecord> all = new ArrayList<>();
        for (int sequence = 1; sequence <= 4; sequence++) {
            all.add(next(sequence));
            deliveries.arrived(all.getLast());
        }
        deliveries.done(all.get(0));
        deliveries.done(all.get(2));
        assertThat(deliveries.resumeAt()).isEqualTo(2);

        deliveries.done(all.get(1));
        deliveries.done(all.get(3));
        assertThat(deliveries.resumeAt()).isEqualTo(5);
    }

    @Test
    void whenMessagesMayBeMissing_thenAConsumerGoesOnWhereTheServerWas() {
        open();
        JetStreamInboundRecord first = next(1);
        deliveries.arrived(first);
        deliveries.done(first);
        deliveries.acknowledgedTo(1);
        deliveries.close();
        deliveries.arrived(next(5));

        assertThat(deliveries.resumeAt()).isEqualTo(2);
    }

    @Test
    void whenTheServerHasTheAcknowledgements_thenTheyAreForgottenOneLookLater() {
        open();
        JetStreamInboundRecord first = next(1);
        deliveries.arrived(first);
        deliveries.done(first);

        deliveries.acknowledgedTo(1);
        assertThat(deliveries.arrived(next(1))).isEqualTo(Arrival.DONE);
        deliveries.acknowledgedTo(1);
        assertThat(deliveries.arrived(next(1))).isEqualTo(Arrival.OUT_OF_PLACE);
    }

    @Test
    void whenNoOrderIsAskedFor_thenEverythingIsDueAsItComes() {
        Deliveries unordered = new Deliveries(false, 0);

        assertThat(unordered.arrived(next(5))).isEqualTo(Arrival.DUE);
        delivery += 10;
        assertThat(unordered.arrived(next(3))).isEqualTo(Arrival.DUE);
        assertThat(unordered.arrived(next(3))).isEqualTo(Arrival.HELD);
    }

    @Test
    void whenMessagesWereNotHeardOf_thenTheyAreToldOnceUntilTheNextTime() {
        open();
        deliveries.arrived(next(1));
        deliveries.arrived(next(2));
        long now = System.nanoTime();

        assertThat(deliveries.unheardSince(now, now + 10)).hasSize(2);
        assertThat(deliveries.unheardSince(now, now + 20)).isEmpty();
        assertThat(deliveries.unheardSince(now + 10, now + 20)).hasSize(2);
    }
}
