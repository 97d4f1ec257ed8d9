package io.eventlane.runtime.failure;

import java.util.List;
import java.util.Set;

import io.eventlane.InvalidEventException;

/**
 * Which failures are worth another attempt. Classes are compared by their names, up the hierarchy, so that nothing has
 * to be loaded.
 *
 * @param retryOn if not empty, only these are
 * @param abortOn these are not; an {@link InvalidEventException} never is, because the bytes stay the same, unless
 *        {@code retryOn} names it
 */
record Retryable(Set<String> retryOn, Set<String> abortOn) {

    private static final String INVALID = InvalidEventException.class.getName();

    static Retryable of(List<String> retryOn, List<String> abortOn) {
        return new Retryable(Set.copyOf(retryOn), Set.copyOf(abortOn));
    }

    boolean test(Throwable failure) {
        for (Class<?> type = failure.getClass(); type != null; type = type.getSuperclass()) {
            String name = type.getName();
            if (abortOn.contains(name)) {
                return false;
            }
            if (retryOn.contains(name)) {
                return true;
            }
            if (name.equals(INVALID)) {
                return false;
            }
        }
        return retryOn.isEmpty();
    }
}
