package io.eventlane.benchmarks.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrderCheckTest {

    private static final byte[] FIRST = Payload.of(100, 0, 0, 0);
    private static final byte[] OF_ANOTHER_KEY = Payload.of(100, 1, 1, 0);
    private static final byte[] SECOND = Payload.of(100, 2, 0, 1);

    private final OrderCheck check = new OrderCheck(3, 2);

    @Test
    void whenEachRecordStartsAfterTheEarlierOnesOfItsKeyEnded_thenAllIsWell() {
        check.started(FIRST);
        check.started(OF_ANOTHER_KEY);
        check.ended(FIRST);
        check.started(SECOND);
        check.ended(SECOND);
        check.ended(OF_ANOTHER_KEY);

        assertThat(check.inversions()).isZero();
        assertThat(check.lost()).isZero();
        assertThat(check.duplicates()).isZero();
    }

    @Test
    void whenARecordStartsBeforeTheEarlierOneOfItsKeyEnded_thenThatIsAnInversion() {
        check.started(FIRST);
        check.started(SECOND);

        assertThat(check.inversions()).isEqualTo(1);
    }

    @Test
    void whenRecordsOfAKeyAreHandledInTheWrongOrder_thenThatIsAnInversion() {
        handle(SECOND);
        handle(FIRST);

        assertThat(check.inversions()).isEqualTo(1);
    }

    @Test
    void whenARecordIsHandledTwiceAndAnotherNever_thenBothAreCounted() {
        handle(FIRST);
        handle(OF_ANOTHER_KEY);
        handle(FIRST);

        assertThat(check.duplicates()).isEqualTo(1);
        assertThat(check.lost()).isEqualTo(1);
    }

    private void handle(byte[] payload) {
        check.started(payload);
        check.ended(payload);
    }
}
