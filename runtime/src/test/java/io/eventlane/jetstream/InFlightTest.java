package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.eventlane.channel.KeyFailures;

class InFlightTest {

    private final InFlight inFlight = new InFlight(2);

    @Test
    void whenAdded_thenEventsAreFoundByTheirNumbersAndInTheirOrder() {
        Sending first = add("k");
        Sending second = add("k");

        assertThat(inFlight.get(first.number)).isSameAs(first);
        assertThat(inFlight.get(second.number)).isSameAs(second);
        assertThat(inFlight.all()).containsExactly(first, second);
        assertThat(inFlight.first()).isSameAs(first);
    }

    @Test
    void whenTakenOut_thenItIsFoundNoMoreAndTakenOutOnce() {
        Sending sending = add("k");

        assertThat(inFlight.remove(sending)).isTrue();
        assertThat(inFlight.remove(sending)).isFalse();
        assertThat(inFlight.get(sending.number)).isNull();
        assertThat(inFlight.first()).isNull();
    }

    @Test
    void whenOneStaysForLong_thenManyOthersPassItAndTheirNumbersAreStillInOrder() {
        Sending old = add("k");
        long last = old.number;
        for (int i = 0; i < 10_000; i++) {
            Sending next = add("other");
            assertThat(next.number).isGreaterThan(last);
            last = next.number;
            stored(next);
        }

        assertThat(inFlight.get(old.number)).isSameAs(old);
        assertThat(inFlight.all()).containsExactly(old);
        assertThat(inFlight.first()).isSameAs(old);
    }

    @Test
    void whenAnswersComeInOrder_thenNobodyIsOvertaken() {
        Sending first = add("k");
        Sending second = add("k");
        stored(first);
        stored(second);

        Sending third = add("k");
        assertThat(inFlight.isOvertaken(third)).isFalse();
        assertThat(inFlight.isAnsweredBeyond(third)).isFalse();
    }

    @Test
    void whenALaterEventOfTheKeyIsStoredFirst_thenTheEarlierOneIsOvertaken() {
        Sending first = add("k");
        Sending other = add("other");
        Sending second = add("k");
        stored(second);

        assertThat(inFlight.isOvertaken(first)).isTrue();
        assertThat(inFlight.isOvertaken(other)).isFalse();
        assertThat(inFlight.isAnsweredBeyond(other)).isTrue();
    }

    @Test
    void whenALaterEventOfTheKeyIsRefused_thenTheEarlierOneIsNotOvertaken() {
        Sending first = add("k");
        Sending second = add("k");
        inFlight.answered(second, false);

        assertThat(inFlight.isOvertaken(first)).isFalse();
        assertThat(inFlight.isAnsweredBeyond(first)).isTrue();
    }

    @Test
    void whenEventsAreSentAfterTheOneThatOvertook_thenTheyAreNotOvertaken() {
        Sending first = add("other");
        stored(add("k"));
        Sending later = add("k");

        assertThat(inFlight.isOvertaken(later)).isFalse();
        assertThat(inFlight.isAnsweredBeyond(first)).isTrue();
    }

    @Test
    void whenAnEventHasNoOrder_thenItIsNotOvertaken() {
        Sending first = add(null);
        stored(add(null));

        assertThat(inFlight.isOvertaken(first)).isFalse();
    }

    private Sending add(@Nullable String key) {
        Sending sending = new Sending(new WireMessage("s", new byte[0], new byte[0]), key == null ? null : key.getBytes(UTF_8),
                new KeyFailures().now());
        inFlight.add(sending);
        return sending;
    }

    private void stored(Sending sending) {
        inFlight.answered(sending, true);
        inFlight.remove(sending);
    }
}
