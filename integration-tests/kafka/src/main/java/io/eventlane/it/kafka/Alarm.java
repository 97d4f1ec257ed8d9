package io.eventlane.it.kafka;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A payload with a constructor and accessors of the old kind. */
public class Alarm {

    private final String text;

    public Alarm(@JsonProperty("text") String text) {
        this.text = text;
    }

    public String getText() {
        return text;
    }
}
