package io.eventlane.it.guarantees;

import java.time.Duration;
import java.util.List;

/**
 * What was done to one process of the group.
 *
 * @param name its name, and that of its journal
 * @param freezes when it was stopped by SIGSTOP, and went on by SIGCONT
 */
record Life(String name, List<Window> freezes, End end) {

    /** How it ended. */
    sealed interface End {
    }

    /** By SIGKILL. */
    record Killed(long at) implements End {
    }

    /**
     * After SIGTERM.
     *
     * @param at when the signal was sent
     * @param took how long it took to end
     */
    record Left(long at, int exitCode, Duration took) implements End {
    }

    /** It was sent SIGTERM and was still there long after. */
    record Stayed(Duration waited) implements End {
    }

    /** Nobody asked it to. */
    record Died(int exitCode) implements End {
    }
}
