package io.eventlane.jetstream;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.eventlane.jetstream.GroupMember.Word;

/** Which partitions this instance has, and which of them it has to give away, as its group said last. For one thread. */
final class Assignment {

    private Set<Integer> kept = new HashSet<>();
    private Set<Integer> leaving = new HashSet<>();

    void told(Word word) {
        leaving = new HashSet<>(word.leaving());
        kept = new HashSet<>(word.owned());
        kept.removeAll(leaving);
    }

    /** Others may have all of them: there is nothing to keep, nor to give away. */
    void lost() {
        kept.clear();
        leaving.clear();
    }

    /** From now on all of them are left. */
    void end() {
        kept.clear();
    }

    /** Those that are worked on here. */
    Set<Integer> kept() {
        return kept;
    }

    /**
     * Those that others wait for and that nothing works on here, be it that it has ended, or that it never began because the
     * group has changed its mind meanwhile. Each is told once.
     *
     * @param workedOn those that something still works on
     */
    List<Integer> takeReleased(Set<Integer> workedOn) {
        List<Integer> released = leaving.stream().filter(partition -> !workedOn.contains(partition)).toList();
        released.forEach(leaving::remove);
        return released;
    }
}
