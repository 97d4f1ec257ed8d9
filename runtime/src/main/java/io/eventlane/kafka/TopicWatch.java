package io.eventlane.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

import io.eventlane.spi.ChannelStatus.Severity;
import io.eventlane.spi.ChannelStatus.Trouble;

/**
 * Asks the broker from time to time whether the topics of a source exist and are the ones they were. A consumer does
 * not tell either: it waits for a topic that is missing, and where one was deleted and created again between two of its
 * looks, it goes on in the new one at the offset where it was in the old one.
 * <p>
 * For the source's thread, unless a method says otherwise.
 */
final class TopicWatch {

    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int TIMEOUT_MS = 4_000;

    /** What a broker has said of a topic. */
    private record Answer(@Nullable Uuid topic, @Nullable Trouble trouble) {
    }

    private final Admin admin;
    private final String servers;
    private final Set<String> topics;
    private final GroupSession session;

    private final Map<String, Uuid> known = new HashMap<>();
    private final Set<Uuid> gone = new HashSet<>();
    private final Set<String> recreated = new HashSet<>();
    private long lastNanos = System.nanoTime() - EVERY_NANOS;
    private int lastJoins;

    /** Written by the client's thread. */
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    /**
     * @param session asked for as often as the topics are
     */
    TopicWatch(Map<String, Object> consumerSettings, Set<String> topics, GroupSession session) {
        Map<String, Object> settings = new HashMap<>(consumerSettings);
        settings.keySet().removeIf(name -> ConsumerConfig.configNames().contains(name)
                && !AdminClientConfig.configNames().contains(name));
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        settings.remove(AdminClientConfig.METRIC_REPORTER_CLASSES_CONFIG);
        this.admin = Admin.create(settings);
        this.servers = String.valueOf(settings.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        this.topics = Set.copyOf(topics);
        this.session = session;
    }

    /**
     * @param joins how often partitions were assigned: after each time it asks at once, for the less is handled of a topic
     *        before it turns out to be another one, the less is handled again
     */
    void askIfDue(int joins) {
        long now = System.nanoTime();
        if (now - lastNanos < EVERY_NANOS && joins == lastJoins) {
            return;
        }
        lastNanos = now;
        session.ask(admin);
        lastJoins = joins;
        Map<String, KafkaFuture<TopicDescription>> asked = admin.describeTopics(TopicCollection.ofTopicNames(topics))
                .topicNameValues();
        asked.forEach((topic, answer) -> answer.whenComplete((description, failure) -> answers.put(topic,
                failure == null ? new Answer(description.topicId(), null)
                        : new Answer(null, trouble(topic, failure)))));
    }

    /**
     * The topics as far as they are known. A broker that lags behind may tell of an old one once more, which does not
     * count.
     */
    Map<String, Uuid> ids() {
        answers.forEach((topic, answer) -> {
            Uuid id = answer.topic();
            if (id != null && !gone.contains(id)) {
                Uuid before = known.put(topic, id);
                if (before != null && !before.equals(id)) {
                    gone.add(before);
                    recreated.add(topic);
                }
            }
        });
        return known;
    }

    /** The topics that have been made anew, as far as {@link #ids} has told. */
    Set<String> recreated() {
        return recreated;
    }

    /** Any thread: what is wrong with some topics, each thing once. */
    List<Trouble> troubles(List<String> ofTopics) {
        List<Trouble> troubles = new ArrayList<>();
        Set<String> told = new TreeSet<>();
        for (String topic : ofTopics) {
            Answer answer = answers.get(topic);
            Trouble trouble = answer == null ? null : answer.trouble();
            if (trouble != null && told.add(trouble.what())) {
                troubles.add(trouble);
            }
        }
        return troubles;
    }

    void close() {
        admin.close(Duration.ZERO);
    }

    private Trouble trouble(String topic, Throwable failure) {
        String what = failure instanceof UnknownTopicOrPartitionException
                ? "topic " + topic + " does not exist at " + servers + ": create it"
                : "the broker at " + servers + " does not tell of the topics: " + failure.getMessage();
        Answer before = answers.get(topic);
        Trouble known = before == null ? null : before.trouble();
        return new Trouble(Severity.NOT_READY, what, known == null ? Instant.now() : known.since());
    }
}
