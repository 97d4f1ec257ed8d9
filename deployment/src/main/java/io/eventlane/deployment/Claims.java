package io.eventlane.deployment;

import java.util.List;
import java.util.function.Predicate;

import org.jboss.jandex.MethodInfo;

/** Which handler methods are Eventlane's, and which belong to quarkus-messaging where that is part of the application. */
final class Claims {

    enum Claim {
        ALL,
        SOME,
        NONE
    }

    private final boolean shared;
    private final Predicate<String> claimed;

    private Claims(boolean shared, Predicate<String> claimed) {
        this.shared = shared;
        this.claimed = claimed;
    }

    /** Every method is ours. */
    static Claims everything() {
        return new Claims(false, channel -> true);
    }

    /** Only the methods of these incoming channels are ours. */
    static Claims only(Predicate<String> claimed) {
        return new Claims(true, claimed);
    }

    /** Whether another extension handles what is not ours. */
    boolean isShared() {
        return shared;
    }

    Claim of(MethodInfo method) {
        List<String> channels = MessagingAnnotations.incoming(method);
        long ours = channels.stream().filter(claimed).count();
        if (ours == 0) {
            return Claim.NONE;
        }
        return ours == channels.size() ? Claim.ALL : Claim.SOME;
    }

    /** The channels of the method that are not ours. */
    List<String> leftOut(MethodInfo method) {
        return MessagingAnnotations.incoming(method).stream().filter(claimed.negate()).toList();
    }

    boolean isOurs(MethodInfo method) {
        return of(method) == Claim.ALL;
    }
}
