package io.eventlane.runtime;

import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;

/** What is decided when the application is built: which connector a channel uses. */
@ConfigMapping(prefix = "quarkus.eventlane")
@ConfigRoot(phase = ConfigPhase.BUILD_AND_RUN_TIME_FIXED)
public interface EventlaneBuildTimeConfig {

    /**
     * The connector of every channel that names none. By default it is the only one that the application's channels
     * name, or {@code kafka} where none names any.
     */
    Optional<String> connector();

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
