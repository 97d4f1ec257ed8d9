package io.eventlane.it.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class NoFalseAlarmTest {

    static final List<UnaryOperator<HandMade>> DISTURBANCES = List.of(hand -> hand.frozen("a", 10, 20),
            hand -> hand.killed("a", 10), hand -> hand.outage(10, 20), hand -> hand.reset(10),
            hand -> hand.failed("a", 1, 1, 10, 20));

    private final HandMade hand = new HandMade().published(1).ran("a", 1, 0, 5);

    @Test
    void whenNothingIsWrongAndSomebodyWarns_thenThatIsFound() {
        hand.warned("a: gave up");

        assertThat(new NoFalseAlarm().violations(hand.history())).singleElement().asString().contains("a: gave up");
    }

    @Test
    void whenNobodyWarns_thenNothingIsFound() {
        assertThat(new NoFalseAlarm().violations(hand.history())).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("DISTURBANCES")
    void whenSomethingIsWrong_thenSomebodyMayWarn(UnaryOperator<HandMade> disturbance) {
        History history = disturbance.apply(hand.warned("a: gave up")).history();

        assertThat(new NoFalseAlarm().violations(history)).isEmpty();
    }
}
