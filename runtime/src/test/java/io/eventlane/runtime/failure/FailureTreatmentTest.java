package io.eventlane.runtime.failure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;

import io.eventlane.InvalidEventException;
import io.eventlane.Position;
import io.eventlane.channel.DerivedId;
import io.eventlane.engine.Verdict;
import io.eventlane.runtime.config.EventlaneConfig.KeyPolicy;
import io.eventlane.runtime.config.FailureSettings;
import io.eventlane.runtime.config.FailureSettings.RetryTopic;
import io.eventlane.spi.FailureHandler;
import io.eventlane.spi.FailureHandler.Action;
import io.eventlane.spi.InboundHandler.Delivery;
import io.eventlane.spi.Outbound;
import io.eventlane.spi.OutboundRecord;

class FailureTreatmentTest {

    private static final Exception FAILURE = new IllegalStateException("broken");

    private final List<String> sent = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final List<CompletableFuture<Position>> answers = new ArrayList<>();
    private final List<CompletionStage<?>> waits = new ArrayList<>();
    private final FailedRecord record = new FailedRecord("orders", 7, "k");
    private int runs;

    @Test
    void whenAttemptsAreLeft_thenTheEventIsTriedAgainAndThenParked() {
        FailureTreatment treatment = treatment("park", null);

        assertThat(treatment.judge(record, 1, FAILURE)).isEqualTo(new Verdict.Retry(Duration.ofSeconds(1)));
        assertThat(treatment.judge(record, 2, FAILURE)).isEqualTo(new Verdict.Retry(Duration.ofSeconds(2)));
        assertThat(treatment.judge(record, 3, FAILURE)).isEqualTo(new Verdict.Park(Duration.ofSeconds(30)));
        assertThat(treatment.judge(record, 1, new InvalidEventException("bytes stay the same")))
                .isEqualTo(new Verdict.Park(Duration.ofSeconds(30)));
    }

    @Test
    void whenTheDeadLetterCannotBeSent_thenItIsSentAgainAndTheHandlerDoesNotRun() throws Throwable {
        FailureTreatment treatment = treatment("dead-letter-queue", "dead");

        assertThat(treatment.judge(record, 3, FAILURE)).isEqualTo(new Verdict.Settle());
        treatment.handle(record, delivery());
        assertThat(treatment.judge(record, 3, FAILURE)).isEqualTo(new Verdict.Park(Duration.ofSeconds(1)));
        treatment.handle(record, delivery());
        assertThat(treatment.judge(record, 4, FAILURE)).isEqualTo(new Verdict.Park(Duration.ofSeconds(2)));

        assertThat(runs).isZero();
        assertThat(sent).containsExactly("dead orders-3@7", "dead orders-3@7");
        assertThat(ids).as("an id by which a broker drops the second").hasSize(1);
        assertThat(waits).hasSize(2).noneMatch(wait -> wait.toCompletableFuture().isDone());
        answers.getLast().complete(new Position("dead", 0, 0));
        assertThat(waits.getLast().toCompletableFuture()).isCompleted();
        assertThat(waits.getFirst().toCompletableFuture()).isNotDone();
        assertThat(treatment.divert(record)).as("it is on its way already").isFalse();
    }

    @Test
    void whenADeadLetterQuarantinesItsKey_thenOnlyOnceItIsAcknowledged() throws Throwable {
        FailureTreatment treatment = treatments(Map.of(), "dead-letter-queue", "dead", KeyPolicy.QUARANTINE, List.of());

        treatment.judge(record, 3, FAILURE);
        treatment.handle(record, delivery());
        assertThat(treatment.quarantined()).isEmpty();

        answers.getFirst().complete(new Position("dead", 0, 0));
        assertThat(waits.getFirst().toCompletableFuture()).isCompleted();
        assertThat(treatment.quarantined()).containsExactly("k");
    }

    @Test
    void whenTheApplicationHasEventsRetried_thenTheyGoOnWhereTheyWere() throws Throwable {
        FailureTreatment treatment = treatments(Map.of("triage", failure -> Action.RETRY), "triage", null, KeyPolicy.CONTINUE,
                List.of());
        record.keep("results to be published");

        assertThat(treatment.judge(record, 3, FAILURE)).isEqualTo(new Verdict.Settle());
        assertThatThrownBy(() -> treatment.handle(record, delivery())).satisfies(decided -> assertThat(
                treatment.judge(record, 3, decided)).isEqualTo(new Verdict.Park(Duration.ofSeconds(30))));

        assertThat(record.kept()).isEqualTo("results to be published");
        treatment.handle(record, delivery());
        assertThat(runs).isOne();
    }

    @Test
    void whenTheApplicationWantsADeadLetterAndThereIsNoTopic_thenTheEventIsParkedAndTheErrorNamesTheProperty() {
        FailureTreatment treatment = treatments(Map.of("triage", failure -> Action.DEAD_LETTER), "triage", null,
                KeyPolicy.CONTINUE, List.of());

        treatment.judge(record, 3, FAILURE);
        assertThatThrownBy(() -> treatment.handle(record, delivery()))
                .hasMessageContaining("quarkus.eventlane.incoming.orders.dead-letter-queue.topic")
                .satisfies(thrown -> assertThat(treatment.judge(record, 3, thrown)).isInstanceOf(Verdict.Park.class));
    }

    @Test
    void whenAFailureIsNotWorthAnotherAttempt_thenTheRetryTopicsAreLeftOut() throws Throwable {
        FailureTreatment treatment = treatments(Map.of(), "delayed-retry-topic", "dead", KeyPolicy.CONTINUE,
                List.of(new RetryTopic("later", Duration.ofSeconds(5))));

        treatment.judge(record, 1, new InvalidEventException("no"));
        treatment.handle(record, delivery());
        FailedRecord other = new FailedRecord("orders", 8, "k").with("delayed-retry-reason", "a forgery")
                .with("delayed-retry-count", "1");
        treatment.judge(other, 3, FAILURE);
        treatment.handle(other, delivery());

        assertThat(sent).containsExactly("dead orders-3@7", "later orders-3@8");
        assertThat(ids).hasSize(2);
    }

    @Test
    void whenAnEventOfARetryTopicIsNotDue_thenItIsPutOff() {
        FailureTreatment treatment = treatments(Map.of(), "delayed-retry-topic", "dead", KeyPolicy.CONTINUE,
                List.of(new RetryTopic("later", Duration.ofHours(1))));
        FailedRecord early = new FailedRecord("later", 0, "k");

        assertThatThrownBy(() -> treatment.handle(early, delivery())).isInstanceOf(PostponedException.class)
                .satisfies(thrown -> assertThat(treatment.judge(early, 1, thrown))
                        .isInstanceOfSatisfying(Verdict.Postpone.class, put -> assertThat(put.delay()).isPositive()));
        assertThat(runs).isZero();
    }

    private FailureTreatment treatment(String strategy, String deadLetterTopic) {
        return treatments(Map.of(), strategy, deadLetterTopic, KeyPolicy.CONTINUE, List.of());
    }

    private FailureTreatment treatments(Map<String, FailureHandler> handlers, String strategy, String deadLetterTopic,
            KeyPolicy policy, List<RetryTopic> retryTopics) {
        FailureSettings settings = new FailureSettings(strategy, 3, Duration.ofSeconds(1), Duration.ofSeconds(30), 0,
                List.of(), List.of(), deadLetterTopic, policy, Map.of(), retryTopics);
        return new FailureTreatments(handlers).of("orders", settings, DerivedId.of("shop", "orders"),
                (event, delivery) -> runs++, Topic::new);
    }

    private Delivery delivery() {
        return new Delivery() {

            @Override
            public int attempt() {
                return 1;
            }

            @Override
            public boolean isRevoked() {
                return false;
            }

            @Override
            public void doneWhen(CompletionStage<?> stage) {
                waits.add(stage);
            }
        };
    }

    private final class Topic implements Outbound {

        private final String name;

        Topic(String name) {
            this.name = name;
        }

        @Override
        public CompletionStage<Position> send(OutboundRecord letter) {
            throw new AssertionError("it may wait");
        }

        @Override
        public CompletionStage<Position> trySend(OutboundRecord letter) {
            Map<String, String> last = new HashMap<>();
            letter.headers().forEach(header -> last.put(header.getKey().replaceFirst("dead-letter|delayed-retry", ""),
                    new String(header.getValue(), UTF_8)));
            sent.add("%s %s-%s@%s".formatted(name, last.get("-topic"), last.get("-partition"), last.get("-offset")));
            ids.add(letter.eventId());
            answers.add(new CompletableFuture<>());
            return answers.getLast();
        }

        @Override
        public void close(Duration deadline) {
        }
    }
}
