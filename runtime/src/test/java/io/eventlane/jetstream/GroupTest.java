package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.eventlane.jetstream.Group.Holding;
import io.eventlane.jetstream.Group.Member;

class GroupTest {

    private static final int PARTITIONS = 7;

    private static Member member(String id) {
        return new Member(id, 1, Duration.ofSeconds(10), "host/1");
    }

    @Test
    void whenOneMemberIsThere_thenItHasAllPartitions() {
        Group group = Group.EMPTY.with(member("a")).balanced(3);

        assertThat(group.ownedBy("a")).containsExactly(0, 1, 2);
        assertThat(group.leaving("a")).isEmpty();
    }

    @Test
    void whenAnotherJoins_thenHalfIsToMoveAndStaysWithTheOwnerUntilItLetsGo() {
        Group group = Group.EMPTY.with(member("a")).balanced(4).with(member("b")).balanced(4);

        assertThat(group.ownedBy("a")).containsExactly(0, 1, 2, 3);
        assertThat(group.leaving("a")).hasSize(2);
        assertThat(group.ownedBy("b")).isEmpty();

        Group moved = group.released("a", group.leaving("a")).balanced(4);

        assertThat(moved.ownedBy("a")).hasSize(2);
        assertThat(moved.ownedBy("b")).hasSize(2);
        assertThat(moved.leaving("a")).isEmpty();
    }

    @Test
    void whenAMemberIsGone_thenOthersHaveItsPartitionsAndWhatWasToMoveToItStays() {
        Group group = Group.EMPTY.with(member("a")).balanced(2).with(member("b")).balanced(2);
        assertThat(group.leaving("a")).hasSize(1);

        Group without = group.without(member -> member.id().equals("b")).balanced(2);
        assertThat(without.ownedBy("a")).containsExactly(0, 1);
        assertThat(without.leaving("a")).isEmpty();

        Group other = group.without(member -> member.id().equals("a")).balanced(2);
        assertThat(other.ownedBy("b")).containsExactly(0, 1);
    }

    @Test
    void whenAPartitionIsReleasedThatIsForNobody_thenItStays() {
        Group group = Group.EMPTY.with(member("a")).balanced(1);

        assertThat(group.released("a", List.of(0)).ownedBy("a")).containsExactly(0);
    }

    @Test
    void whenItIsReleasedByAnother_thenNothingChanges() {
        Group group = Group.EMPTY.with(member("a")).balanced(2).with(member("b")).balanced(2);

        assertThat(group.released("b", List.of(0, 1))).isEqualTo(group);
    }

    @Test
    void whenMembersComeAndGo_thenEachPartitionHasOneOwnerAndTheLoadEndsUpEven() {
        Random random = new Random(7);
        Group group = Group.EMPTY.with(member("m0")).balanced(PARTITIONS);
        for (int round = 1; round < 2_000; round++) {
            String some = "m" + random.nextInt(5);
            Map<Integer, Holding> before = new HashMap<>(group.partitions());
            group = switch (random.nextInt(3)) {
                case 0 -> group.with(member(some)).balanced(PARTITIONS);
                case 1 ->
                    group.members().size() == 1 ? group : group.without(one -> one.id().equals(some)).balanced(PARTITIONS);
                default -> group.released(some, group.leaving(some)).balanced(PARTITIONS);
            };
            Group now = group;
            if (now.members().isEmpty()) {
                continue;
            }
            assertThat(now.partitions()).hasSize(PARTITIONS)
                    .allSatisfy((partition, holding) -> assertThat(now.members()).containsKey(holding.owner()));
            // It moves only by its owner's will, or when the owner is gone.
            now.partitions().forEach((partition, holding) -> {
                Holding was = before.get(partition);
                if (was != null && was.owner() != null && now.members().containsKey(was.owner())
                        && !was.owner().equals(holding.owner())) {
                    assertThat(was.next()).isEqualTo(holding.owner());
                }
            });
        }
        for (int i = 0; i < PARTITIONS; i++) {
            for (String id : List.copyOf(group.members().keySet())) {
                group = group.released(id, group.leaving(id)).balanced(PARTITIONS);
            }
        }
        Group settled = group;
        assertThat(settled.members().keySet()).allSatisfy(id -> assertThat(settled.ownedBy(id).size())
                .isBetween(PARTITIONS / settled.members().size(), PARTITIONS / settled.members().size() + 1));
    }

    @Test
    void whenItIsWrittenAndRead_thenItIsTheSame() {
        Group group = Group.EMPTY.with(member("a")).with(member("b")).balanced(5).with(member("c")).balanced(5);

        assertThat(Group.parse(group.toBytes())).isEqualTo(group);
    }

    @Test
    void whenALineIsOfALaterVersion_thenItIsPassedOver() {
        assertThat(Group.parse("something else\nmember a 3 10000 host/1\n\npartition 0 a -\n".getBytes()))
                .isEqualTo(new Group(Map.of("a", new Member("a", 3, Duration.ofSeconds(10), "host/1")),
                        new java.util.TreeMap<>(Map.of(0, new Holding("a", null)))));
    }
}
