package io.eventlane.it.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.eventlane.it.guarantees.Scenario.Shape;
import io.eventlane.it.guarantees.Step.What;

class ScenariosTest {

    @Test
    void whenASeedIsGivenTwice_thenTheScenarioAndItsEventsAreTheSame() {
        Scenario one = Scenarios.of(Broker.KAFKA, 17);
        Scenario again = Scenarios.of(Broker.KAFKA, 17);

        assertThat(again).isEqualTo(one).hasToString(one.toString());
        assertThat(events(again)).isEqualTo(events(one)).hasSize(100);
    }

    @Test
    void whenSeedsFollowEachOther_thenEveryShapeComes() {
        Set<Shape> shapes = EnumSet.noneOf(Shape.class);
        LongStream.range(100, 105).forEach(seed -> shapes.add(Scenarios.of(Broker.KAFKA, seed).shape()));

        assertThat(shapes).containsExactly(Shape.values());
    }

    @Test
    void whenAScenarioIsClean_thenNothingFailsAndNobodyIsKilledOrFrozen() {
        scenarios().filter(scenario -> scenario.shape() == Shape.CLEAN).forEach(scenario -> {
            assertThat(scenario.failing()).isZero();
            assertThat(scenario.deadLetters()).isFalse();
            assertThat(scenario.steps()).extracting(Step::what).containsOnly(What.JOIN, What.LEAVE);
        });
    }

    @Test
    void whenAScenarioIsMade_thenItHasEventsAndStepsInOrderAndSomebodyStays() {
        scenarios().forEach(scenario -> {
            assertThat(scenario.events()).isPositive();
            assertThat(scenario.steps()).isNotEmpty().isSorted();
            int alive = scenario.processes();
            for (Step step : scenario.steps()) {
                alive += switch (step.process() == 0 ? What.THAW : step.what()) {
                    case JOIN -> 1;
                    case LEAVE, KILL -> -1;
                    case FREEZE, THAW, RESTART, RESET, STALL, RESUME, DELETE, STEP_DOWN -> 0;
                };
                assertThat(alive).isBetween(0, 4);
            }
            assertThat(alive).isPositive();
        });
    }

    @Test
    void whenAScenarioIsInMemory_thenItsProcessIsAloneAndNeverKilled() {
        LongStream.range(0, 500).mapToObj(seed -> Scenarios.of(Broker.MEMORY, seed)).forEach(scenario -> {
            assertThat(scenario.processes()).isEqualTo(1);
            assertThat(scenario.events()).isPositive();
            assertThat(scenario.steps()).isSorted().extracting(Step::what).isSubsetOf(What.FREEZE, What.THAW, What.LEAVE);
            assertThat(scenario.forgets()).isEqualTo(scenario.shape() == Shape.KILL || scenario.shape() == Shape.MIXED);
            assertThat(scenario.forgets() && scenario.deadLetters()).isFalse();
        });
    }

    private static Stream<Scenario> scenarios() {
        return LongStream.range(0, 500).boxed()
                .flatMap(seed -> Stream.of(Broker.values()).filter(broker -> broker != Broker.MEMORY)
                        .map(broker -> Scenarios.of(broker, seed)));
    }

    private static List<Workload.Keyed> events(Scenario scenario) {
        Workload workload = new Workload(scenario);
        return Stream.generate(workload::next).limit(100).toList();
    }
}
