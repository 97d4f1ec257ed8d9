package io.eventlane.runtime.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.eventlane.runtime.failure.LetterHeaders.Origin;

class LetterHeadersTest {

    private final FailedRecord event = new FailedRecord("orders", 7, "k").with("X-Timestamp", "its own").with("none", null)
            .with("dead-letter-reason", "its own").with("X-Original-Topic", "its own").with("", "");

    @Test
    void whenALetterIsTakenApart_thenTheEventsOwnHeadersAreAsTheyWere() {
        FailedRecord letter = letter(LetterHeaders.DEAD_LETTER, new IllegalStateException("broken"), 2);

        LetterHeaders headers = LetterHeaders.of(letter);

        assertThat(headers.own()).isEqualTo(event.headers());
        assertThat(headers.origin()).isEqualTo(new Origin("orders", 3, 7));
        assertThat(headers.reason()).isEqualTo("broken");
        assertThat(headers.exception()).isEqualTo("java.lang.IllegalStateException");
        assertThat(headers.retries()).isEqualTo(2);
        assertThat(headers.when()).isNotNull();
    }

    @Test
    void whenAClientAddedHeadersToALetter_thenTheyStay() {
        FailedRecord letter = letter(LetterHeaders.DEAD_LETTER, new IllegalStateException(), 0).with("traceparent", "00-1");

        assertThat(LetterHeaders.of(letter).own()).hasSize(6).last().extracting(Map.Entry::getKey).isEqualTo("traceparent");
    }

    @Test
    void whenAnEventIsToBeTriedAgain_thenNoHeaderHidesItsOwnTimestamp() {
        FailedRecord letter = letter(LetterHeaders.DELAYED_RETRY, new IllegalStateException("broken"), 1);

        assertThat(letter.header("X-Timestamp")).asString().isEqualTo("its own");
        assertThat(LetterHeaders.of(letter).origin()).isEqualTo(new Origin("orders", 3, 7));
    }

    @Test
    void whenARecordIsNoLetter_thenItHasNoOrigin() {
        assertThat(LetterHeaders.of(event).origin()).isNull();
        assertThat(LetterHeaders.of(new FailedRecord("orders", 1, null)).origin()).isNull();
        assertThat(LetterHeaders.of(new FailedRecord("orders", 1, null).with("dead-letter-reason", null)
                .with("X-Original-Topic", "a").with("dead-letter-partition", "x").with("dead-letter-offset", "y")).origin())
                .isNull();
    }

    @Test
    void whenAMessageIsHugeOrCannotBeTold_thenTheLetterIsMadeAllTheSame() {
        assertThat(LetterHeaders.of(letter(LetterHeaders.DEAD_LETTER, new IllegalStateException("x".repeat(100_000)), 0))
                .reason()).hasSize(4_000);
        assertThat(LetterHeaders.of(letter(LetterHeaders.DEAD_LETTER, new IllegalStateException() {
            @Override
            public String getMessage() {
                throw new UnsupportedOperationException();
            }
        }, 0)).reason()).contains("LetterHeadersTest$1");
    }

    private FailedRecord letter(String prefix, Throwable failure, int count) {
        List<Map.Entry<String, byte[]>> headers = LetterHeaders.write(event.headers(), Origin.of(event), prefix, failure,
                count);
        return new FailedRecord("dead", 0, "k").with(headers);
    }
}
