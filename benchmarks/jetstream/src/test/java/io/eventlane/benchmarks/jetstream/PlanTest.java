package io.eventlane.benchmarks.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.eventlane.benchmarks.common.Keys;

class PlanTest {

    private static final Keys KEYS = Keys.of(1_000);
    private static final Scenario PUBLISHING = Scenario.publishing(100, KEYS);
    private static final Scenario CONSUMING = Scenario.consuming(100, KEYS, 0);
    private static final List<Arm> ARMS = List.of(Arm.PUBLISH_BARE_100, Arm.CONSUME_BARE_FETCH, Arm.CONSUME_BARE_CALLBACK,
            Arm.CONSUME_PEER);

    @Test
    void whenRoundsFollow_thenEachBeginsWithTheNextArmOfTheScenario() {
        assertThat(Plan.turns(1, CONSUMING, ARMS)).containsExactly(Arm.CONSUME_BARE_FETCH, Arm.CONSUME_BARE_CALLBACK,
                Arm.CONSUME_PEER);
        assertThat(Plan.turns(2, CONSUMING, ARMS)).containsExactly(Arm.CONSUME_BARE_CALLBACK, Arm.CONSUME_PEER,
                Arm.CONSUME_BARE_FETCH);
        assertThat(Plan.turns(4, CONSUMING, ARMS)).startsWith(Arm.CONSUME_BARE_FETCH);
        assertThat(Plan.turns(1, PUBLISHING, ARMS)).containsExactly(Arm.PUBLISH_BARE_100);
    }

    @Test
    void whenArmsGetAsManyMessages_thenTheyConsumeTheSameStream() {
        Plan plan = new Plan(List.of(PUBLISHING, CONSUMING), 1, 1, 0);

        assertThat(plan.toFill(ARMS)).containsExactlyInAnyOrder(plan.stream(CONSUMING, Arm.CONSUME_BARE_CALLBACK),
                plan.stream(CONSUMING, Arm.CONSUME_PEER));
    }

    @Test
    void whenTheNumberOfMessagesIsGiven_thenAllArmsGetIt() {
        Plan plan = new Plan(List.of(PUBLISHING, CONSUMING), 1, 0.1, 7_000);

        assertThat(ARMS).allSatisfy(arm -> assertThat(plan.stream(CONSUMING, arm).records()).isEqualTo(7_000));
        assertThat(plan.toFill(ARMS)).hasSize(1);
    }
}
