package io.eventlane.it.guarantees;

import java.util.List;

/**
 * No two runs of a key overlap, in one process or in two. What nobody can prevent is {@linkplain History#isExcused
 * excused}, and counted apart.
 */
final class SerialPerKey implements Guarantee {

    @Override
    public List<String> violations(History history) {
        return history.perKey().stream().flatMap(key -> key.overlaps().stream())
                .filter(overlap -> !history.isExcused(overlap))
                .map(overlap -> "overlap: %s, in %s and %s".formatted(overlap, overlap.run().process(),
                        overlap.before().process()))
                .toList();
    }
}
