package io.eventlane.it.guarantees;

import java.util.List;

/** Where nothing is wrong, Eventlane warns of nothing: a warning says what a rare mistake may be about to do. */
final class NoFalseAlarm implements Guarantee {

    @Override
    public List<String> violations(History history) {
        return isDisturbed(history) ? List.of() : history.warnings().stream().map(line -> "false alarm: " + line).toList();
    }

    private static boolean isDisturbed(History history) {
        return history.isHindered() || history.lives().values().stream()
                .anyMatch(life -> life.end() instanceof Life.Killed || !life.freezes().isEmpty());
    }
}
