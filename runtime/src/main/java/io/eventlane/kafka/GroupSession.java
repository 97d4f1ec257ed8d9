package io.eventlane.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigResource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * For how long the coordinator keeps a member that it has just accepted a request of: the session timeout runs from the
 * last heartbeat, which may be older than the request by an interval of heartbeats.
 * <p>
 * In a classic group the consumer's settings say it. Where the broker manages the group, it decides and does not tell its
 * members, so it is asked as an administrator would. Until it answers, a time is taken that no broker goes below
 * unless it was told to, or shorter than that.
 */
final class GroupSession {

    private static final Logger LOG = Logger.getLogger(GroupSession.class);

    private static final String SESSION_TIMEOUT = "consumer.session.timeout.ms";
    private static final String HEARTBEAT_INTERVAL = "consumer.heartbeat.interval.ms";

    /** Nothing is known yet. */
    private static final Duration UNANSWERED = Duration.ofSeconds(3);
    /** The broker does not say: the least session timeout that it allows by itself, less the longest heartbeat interval. */
    private static final Duration UNTOLD = Duration.ofSeconds(45 - 15);

    private final String group;
    private final boolean managedByBroker;
    private volatile Duration trust;

    private GroupSession(String group, boolean managedByBroker, Duration trust) {
        this.group = group;
        this.managedByBroker = managedByBroker;
        this.trust = trust;
    }

    static GroupSession of(Map<String, Object> consumer) {
        boolean managedByBroker = ConsumerSettings.isManagedByBroker(consumer);
        return new GroupSession(String.valueOf(consumer.get(ConsumerConfig.GROUP_ID_CONFIG)), managedByBroker,
                managedByBroker ? UNANSWERED : ConsumerSettings.session(consumer));
    }

    String group() {
        return group;
    }

    /** Any thread. */
    Duration trust() {
        return trust;
    }

    /** Asks the broker, where it is the one that knows. */
    void ask(Admin admin) {
        if (!managedByBroker) {
            return;
        }
        ConfigResource asked = new ConfigResource(ConfigResource.Type.GROUP, group);
        Objects.requireNonNull(admin.describeConfigs(List.of(asked)).values().get(asked)).whenComplete((config, failure) -> {
            Duration told = failure == null ? told(config) : null;
            if (told != null) {
                trust = told;
            } else if (trust.equals(UNANSWERED)) {
                LOG.debugf(failure, "The broker does not tell the session timeout of group %s", group);
                trust = UNTOLD;
            }
        });
    }

    private static @Nullable Duration told(Config config) {
        ConfigEntry session = config.get(SESSION_TIMEOUT);
        ConfigEntry heartbeat = config.get(HEARTBEAT_INTERVAL);
        return session == null || heartbeat == null ? null
                : Duration.ofMillis(Long.parseLong(session.value()) - Long.parseLong(heartbeat.value()));
    }
}
