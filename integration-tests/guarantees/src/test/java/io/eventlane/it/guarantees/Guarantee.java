package io.eventlane.it.guarantees;

import java.util.List;

/** Something that Eventlane promises. */
interface Guarantee {

    /** All that is promised. */
    List<Guarantee> ALL = List.of(new AtLeastOnce(), new OrderPerKey(), new SerialPerKey(), new BoundedDuplicates(),
            new NoLeak(), new NoFalseAlarm());

    default String name() {
        return getClass().getSimpleName();
    }

    /** What in a history breaks the promise, each in a line; empty when nothing does. */
    List<String> violations(History history);
}
