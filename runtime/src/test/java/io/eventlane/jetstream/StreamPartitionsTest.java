package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.eventlane.brokers.NatsServer;
import io.eventlane.jetstream.TopicSpec.OnMismatch;
import io.eventlane.jetstream.TopicSpec.Strategy;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.api.SubjectTransform;

@NeedsNats
@Timeout(60)
class StreamPartitionsTest {

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static TestLink link;

    private final String topic = "p" + COUNTER.incrementAndGet();

    @BeforeAll
    static void connect() {
        link = TestLink.to(NatsServer.shared());
    }

    @AfterAll
    static void disconnect() {
        link.close();
    }

    @Test
    void whenATopicHasPartitions_thenTheTokenBehindItDecidesWhichOne() throws Exception {
        ensure(Specs.of(topic).partitions(4).spec());
        for (int i = 0; i < 3; i++) {
            link.connection().jetStream().publish(topic + ".key-1", new byte[0]);
            link.connection().jetStream().publish(topic + ".key-2", new byte[0]);
        }
        assertThatThrownBy(() -> link.connection().jetStream().publish(topic, new byte[0]))
                .as("what would be in no partition").hasMessageContaining("No Responders");

        Map<String, Long> subjects = link.management().getStreamInfo(topic, StreamInfoOptions.allSubjects()).getStreamState()
                .getSubjectMap();
        assertThat(subjects).hasSize(2);
        assertThat(subjects.keySet()).anyMatch(subject -> subject.matches(topic + "\\.[0-3]\\.key-1"));
        assertThat(subjects.values()).containsExactlyInAnyOrder(3L, 3L);
    }

    @Test
    void whenItsStreamIsThereAlready_thenItCanBeUsed() {
        ensure(Specs.of(topic).partitions(4).spec());
        ensure(Specs.of(topic).partitions(4).onMismatch(OnMismatch.FAIL).spec());
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 8 })
    void whenTheNumberOfPartitionsIsAnother_thenTheStreamIsRefusedWhateverIsConfiguredOfMismatches(int partitions)
            throws Exception {
        ensure(Specs.of(topic).partitions(4).spec());
        String before = stream().toJson();

        assertThatThrownBy(() -> ensure(Specs.of(topic).partitions(partitions).strategy(Strategy.CREATE_OR_UPDATE).spec()))
                .cause().hasMessage(("Topic %1$s: its stream '%1$s' divides the topic into 4 partitions, but"
                        + " quarkus.eventlane.topic.%1$s.partitions is %2$d. Eventlane does not change the number of partitions of a"
                        + " stream, because keys would change theirs: set the property to 4, or make a new stream")
                        .formatted(topic, partitions));
        assertThat(stream().toJson()).isEqualTo(before);
    }

    @Test
    void whenAStreamHasNoPartitions_thenItGetsNone() throws Exception {
        ensure(TopicSpec.of(topic));

        assertThatThrownBy(() -> ensure(Specs.of(topic).partitions(4).strategy(Strategy.CREATE_OR_UPDATE).spec()))
                .cause().hasMessageContaining("divides the topic into 1 partitions");
        assertThat(stream().getSubjectTransform()).isNull();
    }

    @Test
    void whenAStreamRenamesSubjectsInAnotherWay_thenItIsRefused() throws Exception {
        link.management().addStream(StreamConfiguration.builder().name(topic).subjects(topic, topic + ".>")
                .subjectTransform(SubjectTransform.builder().source(topic + ".>").destination("other.>").build()).build());

        assertThatThrownBy(() -> ensure(TopicSpec.of(topic))).cause()
                .hasMessageContaining("renames the topic's subjects in a way that is not Eventlane's");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", ".>", ".*.last" })
    void whenAStreamTakesWhatIsInNoPartition_thenItIsRefused(String more) throws Exception {
        link.management().addStream(StreamConfiguration.builder().name(topic)
                .subjects(more.equals(".>") ? List.of(topic + more) : List.of(topic + more, topic + ".*"))
                .subjectTransform(Partitions.transform(topic, 4)).build());

        assertThatThrownBy(() -> ensure(Specs.of(topic).partitions(4).spec())).cause()
                .hasMessageContainingAll("takes " + topic + more + ", ", "in no partition");
    }

    @Test
    void whenTopicsShareAStream_thenNoneOfThemMayHavePartitions() {
        TopicSpec one = Specs.of(topic).partitions(4).stream(topic).spec();
        TopicSpec other = Specs.of(topic + ".b").stream(topic).spec();

        assertThatThrownBy(() -> ensure(other, one)).cause()
                .hasMessage(("Topic %1$s.b: its stream '%1$s' is shared by the topics"
                        + " %1$s, %1$s.b, of which one has partitions: give that one a stream of its own").formatted(topic));
    }

    private static void ensure(TopicSpec asked, TopicSpec... others) {
        TopicSpec[] all = java.util.stream.Stream.concat(java.util.stream.Stream.of(asked), java.util.Arrays.stream(others))
                .toArray(TopicSpec[]::new);
        link.streams(all).ensure(asked.topic()).toCompletableFuture().join();
    }

    private StreamConfiguration stream() throws Exception {
        return link.management().getStreamInfo(topic).getConfiguration();
    }
}
