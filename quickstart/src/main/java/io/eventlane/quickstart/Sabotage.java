package io.eventlane.quickstart;

import java.util.Optional;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.eventlane.Envelope;
import io.eventlane.Event;

/** Breaks the promise on purpose, so that the demo can show that its checker notices. */
@Singleton
class Sabotage {

    enum Kind {
        LOSS,
        ORDER
    }

    private static final int ONE_IN = 500;

    private final Optional<Kind> kind;

    /**
     * @param kind {@code loss}: some events are acknowledged unhandled; {@code order}: some are published before the
     *        event of their key that they follow; absent: neither
     */
    Sabotage(@ConfigProperty(name = "sabotage") Optional<Kind> kind) {
        this.kind = kind;
    }

    /** Whether the event is to be taken for handled without being so. */
    boolean skips(Event<?> event) {
        return isOn(Kind.LOSS) && event.payload() instanceof Envelope<?> envelope && envelope.correlationId() != null
                && isChosen(Integer.parseInt(envelope.correlationId()));
    }

    /** Whether the event of that number is to be published after the next one of its key. */
    boolean delays(int number) {
        return isOn(Kind.ORDER) && isChosen(number);
    }

    private boolean isOn(Kind wanted) {
        return kind.isPresent() && kind.get() == wanted;
    }

    private static boolean isChosen(int number) {
        return number % ONE_IN == ONE_IN / 2;
    }
}
