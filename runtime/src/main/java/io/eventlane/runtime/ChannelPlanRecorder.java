package io.eventlane.runtime;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;

/** Hands the channels known at build time over to the running application. */
@Recorder
public class ChannelPlanRecorder {

    public RuntimeValue<ChannelPlan> channelPlan(Map<String, String> incoming, Map<String, String> outgoing,
            @Nullable String defaultConnector) {
        return new RuntimeValue<>(ChannelPlan.of(incoming, outgoing, defaultConnector));
    }
}
