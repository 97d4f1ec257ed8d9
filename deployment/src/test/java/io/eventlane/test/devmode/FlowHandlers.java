package io.eventlane.test.devmode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;

/** What {@link ReloadWhileEventsFlowTest} edits. */
@ApplicationScoped
public class FlowHandlers {

    static final String JOURNAL = "eventlane.test.journal";

    // begin flow
    @Incoming("flow")
    void onFlow(String event) throws IOException {
        write("first", event);
    }
    // end flow

    // more

    static void write(String version, String event) throws IOException {
        Files.writeString(Path.of(System.getProperty(JOURNAL)), version + " " + event + "\n", StandardOpenOption.APPEND);
    }
}
