package io.eventlane.it.kafka;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

/** What each handler was given last. */
@Singleton
class Received {

    private final Map<String, String> last = new ConcurrentHashMap<>();

    void put(String handler, String what) {
        last.put(handler, what);
    }

    Optional<String> get(String handler) {
        return Optional.ofNullable(last.get(handler));
    }
}
