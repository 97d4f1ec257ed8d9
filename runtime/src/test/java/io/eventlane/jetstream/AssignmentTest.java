package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.eventlane.jetstream.GroupMember.Word;

class AssignmentTest {

    private final Assignment assignment = new Assignment();

    private void told(List<Integer> owned, List<Integer> leaving) {
        assignment.told(new Word(owned, leaving, 0, 2));
    }

    @Test
    void whenAPartitionLeaves_thenItIsReleasedOnceWhenNothingWorksOnIt() {
        told(List.of(0, 1), List.of(1));

        assertThat(assignment.kept()).containsExactly(0);
        assertThat(assignment.takeReleased(Set.of(0, 1))).isEmpty();
        assertThat(assignment.takeReleased(Set.of(0))).containsExactly(1);
        assertThat(assignment.takeReleased(Set.of(0))).isEmpty();
    }

    @Test
    void whenAPartitionLeavesBeforeAnythingHasBegun_thenItIsReleasedAtOnce() {
        told(List.of(0, 1), List.of());
        told(List.of(0, 1), List.of(1));

        assertThat(assignment.takeReleased(Set.of())).containsExactly(1);
    }

    @Test
    void whenAllWasLost_thenNothingIsReleased() {
        told(List.of(0, 1), List.of(1));
        assignment.lost();

        assertThat(assignment.kept()).isEmpty();
        assertThat(assignment.takeReleased(Set.of())).isEmpty();
    }
}
