package io.eventlane.runtime;

import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

/** What is decided when the application is built. */
@ConfigMapping(prefix = "quarkus.eventlane")
@ConfigRoot(phase = ConfigPhase.BUILD_AND_RUN_TIME_FIXED)
public interface EventlaneBuildTimeConfig {

    /**
     * The connector of every channel that names none. By default it is the only one that the application's channels
     * name, or {@code kafka} where none names any.
     */
    Optional<String> connector();

    /**
     * Whether the channels have health checks, when quarkus-smallrye-health is part of the application.
     */
    @WithName("health.enabled")
    @WithDefault("true")
    boolean healthEnabled();

    /** Incoming channels. */
    @ConfigDocMapKey("channel")
    Map<String, Channel> incoming();

    /** Outgoing channels. */
    @ConfigDocMapKey("channel")
    Map<String, Channel> outgoing();

    /** One channel. */
    interface Channel {

        /**
         * The connector of the channel. When quarkus-messaging is part of the application, setting it is also what
         * makes an incoming channel Eventlane's.
         */
        Optional<String> connector();
    }
}
