package io.eventlane.test.devmode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.core.ConditionFactory;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.brokers.FreePort;
import io.eventlane.brokers.KafkaBroker;
import io.quarkus.test.QuarkusDevModeTest;

/** Handlers are edited, removed and added while events keep coming. */
@Timeout(300)
class ReloadWhileEventsFlowTest {

    private static final int KEYS = 7;
    private static final String GROUP = "reload-" + UUID.randomUUID();
    private static final KafkaBroker BROKER = KafkaBroker.shared();

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(root -> root
                    .addClass(FlowHandlers.class)
                    .addAsResource(new StringAsset("""
                            quarkus.http.port=%d
                            quarkus.application.name=%s
                            quarkus.devservices.enabled=false
                            kafka.bootstrap.servers=%s
                            quarkus.eventlane.incoming.flow.topic=%2$s-flow
                            quarkus.eventlane.incoming.extra.topic=%2$s-extra
                            """.formatted(FreePort.find(), GROUP, BROKER.bootstrapServers())), "application.properties"));

    private final KafkaProducer<String, String> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", BROKER.bootstrapServers(), "linger.ms", 0), new StringSerializer(),
            new StringSerializer());
    private final Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER.bootstrapServers()));
    private final List<String> published = new ArrayList<>();
    private Path journal;
    private volatile boolean flowing = true;
    private Thread flow;

    @BeforeEach
    void start() throws IOException {
        journal = Files.createTempFile("eventlane-reload", ".journal");
        System.setProperty(FlowHandlers.JOURNAL, journal.toString());
        flow = Thread.ofPlatform().start(this::publishUntilTold);
    }

    @AfterEach
    void stop() throws Exception {
        flowing = false;
        flow.join();
        producer.close();
        admin.close();
        System.clearProperty(FlowHandlers.JOURNAL);
        Files.delete(journal);
    }

    @Test
    void whenHandlersAreEditedRemovedAndAdded_thenTheNextEventGoesToTheNewCodeAndNothingIsLost() throws Exception {
        until().until(() -> count("first flow") > 50);

        APPLICATION.modifySourceFile(FlowHandlers.class, source -> source.replace("\"first\"", "\"second\""));
        publish("flow", "edited");
        until().until(() -> contains("edited"));
        assertThat(lines()).contains("second flow edited").doesNotContain("first flow edited");

        APPLICATION.modifySourceFile(FlowHandlers.class, source -> source.replace("// more", """
                @Incoming("extra")
                void onExtra(String event) throws IOException {
                    write("third", event);
                }
                """));
        publish("extra", "added");
        until().until(() -> contains("added"));
        until().untilAsserted(() -> assertOneGeneration(Set.of("flow", "extra")));

        APPLICATION.modifySourceFile(FlowHandlers.class, FlowHandlersSource::withoutFlow);
        publish("extra", "removed");
        until().until(() -> contains("removed"));
        until().untilAsserted(() -> assertOneGeneration(Set.of("extra")));
        publish("flow", "held");

        APPLICATION.modifySourceFile(FlowHandlers.class, FlowHandlersSource::withFlow);
        publish("extra", "back");
        until().until(() -> contains("held"));

        flowing = false;
        flow.join();
        until().untilAsserted(() -> assertThat(handled()).containsAll(published));
        assertThat(byKey(handled())).isEqualTo(byKey(published));
        assertOneGeneration(Set.of("flow", "extra"));
    }

    // What is published

    /** One partition, and the next event only after the broker has the last one: the order published is the order there. */
    private void publishUntilTold() {
        for (int i = 0; flowing; i++) {
            String event = "flow " + i;
            producer.send(new ProducerRecord<>(GROUP + "-flow", 0, "key-" + i % KEYS, event));
            producer.flush();
            published.add(event);
        }
    }

    private void publish(String topic, String event) throws Exception {
        producer.send(new ProducerRecord<>(GROUP + "-" + topic, 0, event, topic + " " + event)).get();
    }

    // What is handled

    private List<String> lines() throws IOException {
        return Files.readAllLines(journal);
    }

    /** Each event once, in the order of its first run. */
    private Set<String> handled() throws IOException {
        return lines().stream().map(line -> line.substring(line.indexOf(' ') + 1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Map<Integer, List<String>> byKey(Collection<String> events) {
        return events.stream().filter(event -> event.startsWith("flow ") && Character.isDigit(event.charAt(5)))
                .collect(Collectors.groupingBy(event -> Integer.parseInt(event.substring(5)) % KEYS));
    }

    private long count(String start) throws IOException {
        return lines().stream().filter(line -> line.startsWith(start)).count();
    }

    private boolean contains(String event) throws IOException {
        return lines().stream().anyMatch(line -> line.endsWith(event));
    }

    // What is left of older generations

    private void assertOneGeneration(Set<String> topics) throws Exception {
        var members = admin.describeConsumerGroups(List.of(GROUP)).describedGroups().get(GROUP).get().members();
        assertThat(members).hasSize(1);
        assertThat(members.stream().map(MemberDescription::assignment).flatMap(a -> a.topicPartitions().stream())
                .map(TopicPartition::topic).map(topic -> topic.substring(GROUP.length() + 1))).containsAll(topics)
                .hasSize(topics.size());
        assertThat(threads("eventlane-kafka-")).hasSize(1);
        assertThat(threads("eventlane-timer")).hasSizeLessThanOrEqualTo(1);
        assertThat(threads("kafka-coordinator-heartbeat-thread | " + GROUP)).hasSizeLessThanOrEqualTo(1);
    }

    private static List<String> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(n -> n.startsWith(name)).toList();
    }

    private static ConditionFactory until() {
        return await().atMost(Duration.ofSeconds(60));
    }

    /** The handler that is taken out and put back. */
    private static final class FlowHandlersSource {

        static String withoutFlow(String source) {
            return source.replace("    // begin flow", "    /* begin flow").replace("    // end flow", "    end flow */");
        }

        static String withFlow(String source) {
            return source.replace("    /* begin flow", "    // begin flow").replace("    end flow */", "    // end flow");
        }
    }
}
