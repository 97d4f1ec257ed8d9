package io.eventlane.benchmarks.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

class ArgumentsTest {

    private static final Set<String> KNOWN = Set.of("--quick", "--rounds=", "--arms=", "--jvm=");

    private enum Arm {
        BARE,
        BARE_FAST,
        OTHER_BIG,
        OTHER_SMALL
    }

    @Test
    void whenOptionsAreThere_thenTheirValuesAreRead() {
        Arguments arguments = arguments("--quick", "--rounds=7", "--arms=bare-fast,bare", "--jvm=-Da=1", "--jvm=-Db=2");

        assertThat(arguments.has("--quick")).isTrue();
        assertThat(arguments.number("--rounds=", 3)).isEqualTo(7);
        assertThat(arguments.constants("--arms=", Arm.class, List.of())).containsExactly(Arm.BARE_FAST, Arm.BARE);
        assertThat(arguments.all("--jvm=")).containsExactly("-Da=1", "-Db=2");
    }

    @Test
    void whenOptionsAreMissing_thenTheDefaultsHold() {
        Arguments arguments = arguments();

        assertThat(arguments.has("--quick")).isFalse();
        assertThat(arguments.number("--rounds=", 3)).isEqualTo(3);
        assertThat(arguments.constants("--arms=", Arm.class, List.of(Arm.BARE))).containsExactly(Arm.BARE);
    }

    @Test
    void whenSeveralConstantsBeginAlike_thenThatNamesAllOfThem() {
        assertThat(arguments("--arms=other").constants("--arms=", Arm.class, List.of()))
                .containsExactly(Arm.OTHER_BIG, Arm.OTHER_SMALL);
        assertThat(arguments("--arms=bare").constants("--arms=", Arm.class, List.of())).containsExactly(Arm.BARE);
    }

    @Test
    void whenAnOptionIsNotKnown_thenItIsNamed() {
        assertThatThrownBy(() -> arguments("--round=3")).hasMessage("Not an option: --round=3");
        assertThatThrownBy(() -> arguments("--quick=3")).hasMessage("Not an option: --quick=3");
    }

    @Test
    void whenAConstantIsNotKnown_thenThoseThatThereAreAreNamed() {
        assertThatThrownBy(() -> arguments("--arms=bear").constants("--arms=", Arm.class, List.of()))
                .hasMessage("bear is not one of bare, bare-fast, other-big, other-small");
    }

    private static Arguments arguments(String... arguments) {
        return new Arguments(List.of(arguments), KNOWN);
    }
}
