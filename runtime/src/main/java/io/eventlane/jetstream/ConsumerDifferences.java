package io.eventlane.jetstream;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.PriorityPolicy;

/** Where a consumer that exists is not as it is wanted, leaving out where it began. */
final class ConsumerDifferences {

    private final List<String> differences = new ArrayList<>();

    private ConsumerDifferences() {
    }

    /** One text for each setting that differs, with both values. */
    static List<String> between(ConsumerConfiguration there, ConsumerConfiguration wanted) {
        ConsumerDifferences all = new ConsumerDifferences();
        all.compare("ack policy", there.getAckPolicy(), wanted.getAckPolicy());
        all.compare("ack-wait", there.getAckWait(), wanted.getAckWait());
        all.compare("max-ack-pending", there.getMaxAckPending(), wanted.getMaxAckPending());
        all.compare("max-waiting", there.getMaxPullWaiting(), wanted.getMaxPullWaiting());
        all.compare("max-deliver", there.getMaxDeliver(), wanted.getMaxDeliver());
        all.compare("priority policy", policy(there), policy(wanted));
        if (wanted.getNumReplicas() > 0) {
            all.compare("consumer-replicas", there.getNumReplicas(), wanted.getNumReplicas());
        }
        if (!new HashSet<>(filters(there)).equals(new HashSet<>(filters(wanted)))) {
            all.compare("subjects", filters(there), filters(wanted));
        }
        return all.differences;
    }

    private static PriorityPolicy policy(ConsumerConfiguration consumer) {
        PriorityPolicy policy = consumer.getPriorityPolicy();
        return policy == null ? PriorityPolicy.None : policy;
    }

    private static List<String> filters(ConsumerConfiguration consumer) {
        List<String> filters = consumer.getFilterSubjects();
        return filters == null ? List.of() : filters;
    }

    private void compare(String what, Object there, Object wanted) {
        if (!Objects.equals(there, wanted)) {
            differences.add("%s is %s, wanted %s".formatted(what, there, wanted));
        }
    }
}
