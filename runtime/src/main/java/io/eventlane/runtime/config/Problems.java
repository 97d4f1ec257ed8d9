package io.eventlane.runtime.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.quarkus.runtime.configuration.ConfigurationException;

/** Collects what is wrong with the configuration, so that one start tells all of it. */
final class Problems {

    private final Map<String, String> byProperty = new LinkedHashMap<>();

    /**
     * @param property the full name of the property
     * @param problem what is wrong, so that "{@code property} {@code problem}" is a sentence
     */
    void add(String property, String problem) {
        byProperty.putIfAbsent(property, problem);
    }

    void require(boolean condition, String property, String problem) {
        if (!condition) {
            add(property, problem);
        }
    }

    /**
     * @throws ConfigurationException naming every property that has a problem
     */
    void throwIfAny() {
        if (!byProperty.isEmpty()) {
            String message = byProperty.entrySet().stream()
                    .map(problem -> problem.getKey() + " " + problem.getValue())
                    .collect(Collectors.joining("\n"));
            throw new ConfigurationException(message, byProperty.keySet());
        }
    }
}
