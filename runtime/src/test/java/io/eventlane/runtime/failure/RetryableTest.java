package io.eventlane.runtime.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.eventlane.EventlaneException;
import io.eventlane.InvalidEventException;

class RetryableTest {

    @Test
    void whenNothingIsSet_thenAllButInvalidEventsAreWorthAnotherAttempt() {
        Retryable retryable = Retryable.of(List.of(), List.of());

        assertThat(retryable.test(new IOException())).isTrue();
        assertThat(retryable.test(new StackOverflowError())).isTrue();
        assertThat(retryable.test(new EventlaneException("x"))).isTrue();
        assertThat(retryable.test(new InvalidEventException("x"))).isFalse();
    }

    @Test
    void whenClassesAreNamed_thenTheClosestNameDecides() {
        Retryable retryable = Retryable.of(List.of("java.io.IOException"), List.of("java.io.FileNotFoundException"));

        assertThat(retryable.test(new IOException())).isTrue();
        assertThat(retryable.test(new FileNotFoundException())).isFalse();
        assertThat(retryable.test(new IllegalStateException())).isFalse();
    }

    @Test
    void whenInvalidEventsAreNamed_thenTheyAreWorthAnotherAttempt() {
        assertThat(Retryable.of(List.of(InvalidEventException.class.getName()), List.of())
                .test(new InvalidEventException("x"))).isTrue();
        assertThat(Retryable.of(List.of("java.lang.RuntimeException"), List.of()).test(new InvalidEventException("x")))
                .isFalse();
    }
}
