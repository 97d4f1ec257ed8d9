package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.eventlane.brokers.NatsServer;
import io.eventlane.jetstream.StreamSettings.Discard;
import io.eventlane.jetstream.StreamSettings.Storage;
import io.eventlane.jetstream.TopicSpec.OnMismatch;
import io.eventlane.jetstream.TopicSpec.Persistence;
import io.eventlane.jetstream.TopicSpec.Strategy;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.CompressionOption;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;

@NeedsNats
@Timeout(60)
class StreamsTest {

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static TestLink link;

    private final String topic = "t" + COUNTER.incrementAndGet();

    @BeforeAll
    static void connect() {
        link = TestLink.to(NatsServer.shared());
    }

    @AfterAll
    static void disconnect() {
        link.close();
    }

    // Creation

    @Test
    void whenATopicHasNoStream_thenOneIsCreatedThatDropsNothing() throws Exception {
        ensure(topic);

        StreamConfiguration stream = stream(topic);
        assertThat(stream.getSubjects()).containsExactly(topic, topic + ".>");
        assertThat(stream.getStorageType()).isEqualTo(StorageType.File);
        assertThat(stream.getRetentionPolicy()).isEqualTo(RetentionPolicy.Limits);
        assertThat(stream.getDiscardPolicy()).isEqualTo(DiscardPolicy.New);
        assertThat(stream.getMaxAge()).isZero();
        assertThat(List.of(stream.getMaxBytes(), stream.getMaxMsgs(), (long) stream.getMaximumMessageSize()))
                .containsOnly(-1L);
    }

    @Test
    void whenEverythingIsConfigured_thenTheStreamIsCreatedSo() throws Exception {
        ensure(topic, Specs.of(topic).everything().spec());

        StreamConfiguration stream = stream(topic);
        assertThat(stream.getStorageType()).isEqualTo(StorageType.Memory);
        assertThat(stream.getMaxAge()).isEqualTo(Duration.ofHours(1));
        assertThat(stream.getMaxBytes()).isEqualTo(1 << 20);
        assertThat(stream.getMaxMsgs()).isEqualTo(1000);
        assertThat(stream.getMaximumMessageSize()).isEqualTo(1 << 10);
        assertThat(stream.getCompressionOption()).isEqualTo(CompressionOption.None);
        assertThat(stream.getDescription()).isEqualTo("the orders");
        assertThat(stream.getDuplicateWindow()).isEqualTo(Duration.ofMinutes(3));
        assertThat(stream.getDiscardPolicy()).isEqualTo(DiscardPolicy.Old);
        assertThat(stream.getRetentionPolicy()).isEqualTo(RetentionPolicy.WorkQueue);
    }

    @Test
    void whenADuplicateWindowIsAsShortAsItMayBe_thenTheServerTakesIt() throws Exception {
        ensure(topic, Specs.of(topic).duplicateWindow(Duration.ofMillis(100)).spec());
        assertThat(stream(topic).getDuplicateWindow()).isEqualTo(Duration.ofMillis(100));

        assertThatThrownBy(
                () -> ensure(topic + "-shorter", Specs.of(topic + "-shorter").duplicateWindow(Duration.ofMillis(99)).spec()))
                .cause().hasMessageContaining("duplicates window needs to be >= 100ms");
    }

    @Test
    void whenATopicsNameIsNoStreams_thenTheStreamsNameIsDerived() throws Exception {
        ensure(topic + ".created:v1");

        assertThat(stream(topic + "_created_v1").getSubjects()).contains(topic + ".created:v1");
    }

    @Test
    void whenEventsArePublished_thenTheStreamTakesThoseOfTheTopicAndThoseOfItsKeys() throws Exception {
        ensure(topic);

        link.connection().jetStream().publish(topic, bytes("a"));
        link.connection().jetStream().publish(topic + ".key-1", bytes("b"));

        assertThat(link.management().getStreamInfo(topic).getStreamState().getMsgCount()).isEqualTo(2);
    }

    @Test
    void whenAStreamWasDeleted_thenItIsCreatedAgainOnceItIsForgotten() throws Exception {
        Streams streams = link.streams();
        streams.ensure(topic).toCompletableFuture().join();
        link.management().deleteStream(topic);

        streams.ensure(topic).toCompletableFuture().join();
        assertThat(link.management().getStreamNames()).doesNotContain(topic);
        streams.forget(topic);
        assertThat(streams.isKnown(topic)).isFalse();
        streams.ensure(topic).toCompletableFuture().join();

        assertThat(streams.isKnown(topic)).isTrue();
        assertThat(stream(topic).getSubjects()).contains(topic);
    }

    @Test
    void whenATopicIsEphemeral_thenThereIsNoStream() throws Exception {
        ensure(topic, Specs.of(topic).persistence(Persistence.EPHEMERAL).spec());

        assertThat(link.management().getStreamNames()).doesNotContain(topic);
    }

    @Test
    void whenATopicCannotBeASubject_thenItIsRefused() {
        assertThatThrownBy(() -> ensure("two words")).cause().isInstanceOf(StreamException.class)
                .hasMessageStartingWith("Topic 'two words' cannot be a subject of NATS");
        assertThatThrownBy(() -> ensure("a.*")).hasMessageContaining("cannot be a subject");
        assertThatThrownBy(() -> ensure("a..b")).hasMessageContaining("cannot be a subject");
    }

    // Strategies

    @Test
    void whenAStreamIsOnlyToBeValidated_thenItIsNotCreated() throws Exception {
        assertThatThrownBy(() -> ensure(topic, Specs.of(topic).strategy(Strategy.VALIDATE_ONLY).spec()))
                .cause()
                .hasMessage("Topic " + topic + ": its stream '" + topic + "' does not exist, and is not created, because"
                        + " quarkus.eventlane.topic." + topic
                        + ".strategy=validate-only: create it, or set that to create-only");
        assertThat(link.management().getStreamNames()).doesNotContain(topic);
    }

    @Test
    void whenStreamsAreToBeSkipped_thenNobodyIsAsked() throws Exception {
        Streams streams = link.streams(Specs.of(topic).strategy(Strategy.SKIP).spec());

        assertThat(streams.ensure(topic).toCompletableFuture()).isCompleted();
        assertThat(streams.isKnown(topic)).isTrue();
        assertThat(link.management().getStreamNames()).doesNotContain(topic);
    }

    @Test
    void whenAStreamIsOnlyToBeCreated_thenAnotherOneThatExistsIsComparedAndLeftAlone() throws Exception {
        StreamConfiguration before = create(stream -> stream.maxMessages(7).discardPolicy(DiscardPolicy.Old));

        assertThatThrownBy(() -> ensure(topic, Specs.of(topic).maxMessages(8).onMismatch(OnMismatch.FAIL).spec()))
                .cause().hasMessage(
                        ("Topic %1$s: its stream '%1$s' is not as it is configured: quarkus.eventlane.topic.%1$s.max-messages"
                                + " is 8, but the stream has 7. Change the configuration, or the stream, or set"
                                + " quarkus.eventlane.topic.%1$s.strategy=create-or-update").formatted(topic));
        assertThat(stream(topic).toJson()).isEqualTo(before.toJson());
    }

    @Test
    void whenAMismatchIsToWarn_thenItIsLoggedOnceAndTheTopicCanBeUsed() throws Exception {
        create(stream -> stream.maxMessages(7));
        Streams streams = link.streams(Specs.of(topic).maxMessages(8).spec());

        try (Logs logs = Logs.listen()) {
            streams.ensure(topic).toCompletableFuture().join();
            streams.forget(topic);
            streams.ensure(topic).toCompletableFuture().join();

            assertThat(logs.containing("max-messages is 8, but the stream has 7")).hasSize(1);
        }
        assertThat(streams.isKnown(topic)).isTrue();
    }

    @Test
    void whenNothingIsConfigured_thenAStreamMayBeAsItLikes() throws Exception {
        create(stream -> stream.maxMessages(7).storageType(StorageType.Memory).description("somebody's"));

        try (Logs logs = Logs.listen()) {
            ensure(topic);

            assertThat(logs.containing(topic)).isEmpty();
        }
    }

    @Test
    void whenAStreamMayBeUpdated_thenWhatIsConfiguredIsChangedAndTheRestIsNot() throws Exception {
        create(stream -> stream.maxMessages(7).maxConsumers(3).description("somebody's").addSubjects(topic + "-more"));

        ensure(topic, Specs.of(topic).maxMessages(8).strategy(Strategy.CREATE_OR_UPDATE).onMismatch(OnMismatch.FAIL).spec());

        StreamConfiguration stream = stream(topic);
        assertThat(stream.getMaxMsgs()).isEqualTo(8);
        assertThat(stream.getMaxConsumers()).isEqualTo(3);
        assertThat(stream.getDescription()).isEqualTo("somebody's");
        assertThat(stream.getSubjects()).containsExactly(topic, topic + ".>", topic + "-more");
    }

    @Test
    void whenTheRetentionBecomesShorterThanTheDuplicateWindow_thenThatIsShortenedToo() throws Exception {
        create(stream -> stream.duplicateWindow(Duration.ofMinutes(2)));

        ensure(topic, Specs.of(topic).retention(Duration.ofMinutes(1)).strategy(Strategy.CREATE_OR_UPDATE).spec());

        assertThat(stream(topic).getMaxAge()).isEqualTo(Duration.ofMinutes(1));
        assertThat(stream(topic).getDuplicateWindow()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void whenTheRetentionStaysLongerThanTheDuplicateWindow_thenThatIsLeftAlone() throws Exception {
        create(stream -> stream.duplicateWindow(Duration.ofMinutes(2)));

        ensure(topic, Specs.of(topic).retention(Duration.ofMinutes(3)).strategy(Strategy.CREATE_OR_UPDATE).spec());
        assertThat(stream(topic).getDuplicateWindow()).isEqualTo(Duration.ofMinutes(2));
        ensure(topic, Specs.of(topic).retention(Duration.ZERO).strategy(Strategy.CREATE_OR_UPDATE).spec());

        assertThat(stream(topic).getDuplicateWindow()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void whenALimitIsToBeLifted_thenItIs() throws Exception {
        create(stream -> stream.maxMessages(7));

        ensure(topic, Specs.of(topic).maxMessages(0).strategy(Strategy.CREATE_OR_UPDATE).spec());

        assertThat(stream(topic).getMaxMsgs()).isEqualTo(-1);
    }

    @Test
    void whenSomethingCannotBeChanged_thenNothingIs() throws Exception {
        StreamConfiguration before = create(stream -> stream.storageType(StorageType.Memory).maxMessages(7));
        StreamSettings settings = new StreamSettings(Storage.FILE, null, null, 8L, null, null, null, null, null, null, null);

        assertThatThrownBy(() -> ensure(topic, Specs.of(topic).settings(settings).strategy(Strategy.CREATE_OR_UPDATE)
                .onMismatch(OnMismatch.FAIL).spec())).cause()
                .hasMessageContaining(
                        "storage is file, but the stream has memory. Change the configuration, or make the stream anew");
        assertThat(stream(topic).toJson()).isEqualTo(before.toJson());
    }

    @Test
    void whenSubjectsAreMissing_thenOnlyAnUpdateAddsThem() throws Exception {
        create(stream -> stream.subjects(topic));

        assertThatThrownBy(() -> ensure(topic)).cause()
                .hasMessage(("Topic %1$s: its stream '%1$s' does not take the topic's events:"
                        + " it takes [%1$s], and would have to take [%1$s, %1$s.>]. Add those to the stream, or set"
                        + " quarkus.eventlane.topic.%1$s.strategy=create-or-update, or quarkus.eventlane.topic.%1$s.stream to another one")
                        .formatted(topic));
        ensure(topic, Specs.of(topic).strategy(Strategy.CREATE_OR_UPDATE).spec());

        assertThat(stream(topic).getSubjects()).containsExactly(topic, topic + ".>");
    }

    @Test
    void whenAWiderSubjectIsThere_thenThatWillDo() throws Exception {
        create(stream -> stream.subjects(topic + ".>"));

        ensure(topic + ".a", Specs.of(topic + ".a").stream(topic).spec());

        assertThat(stream(topic).getSubjects()).containsExactly(topic + ".>");
    }

    @Test
    void whenSomebodyElseCreatesTheStreamMeanwhile_thenItIsComparedToo() throws Exception {
        StreamPlan plan = StreamPlan.of(Specs.of(topic).maxMessages(8).onMismatch(OnMismatch.FAIL).spec(),
                TopicSpecs.of(List.of()));

        assertThatThrownBy(() -> new StreamFlight(plan, fasterThan(stream -> stream.maxMessages(7)), warning -> {
        }).run()).isInstanceOf(StreamException.class).hasMessageContaining("max-messages is 8, but the stream has 7");
        assertThat(stream(topic).getMaxMsgs()).isEqualTo(7);
    }

    /** A stream is there by the time that it is to be created. */
    private JetStreamManagement fasterThan(Change other) throws Exception {
        return meanwhile("addStream", () -> create(other), () -> {
        });
    }

    /** In a cluster, it takes a moment until a stream that cannot be created any more can be found. */
    @Test
    void whenAStreamIsThereForWhoCreatesItAndNotForWhoLooks_thenItIsTriedAgain() throws Exception {
        AtomicInteger creations = new AtomicInteger();

        run(Specs.of(topic).maxMessages(8).spec(), neverFound(() -> {
            if (creations.incrementAndGet() == 1) {
                create(stream -> stream.maxMessages(7));
            }
        }));

        assertThat(creations).hasValue(2);
        assertThat(stream(topic).getMaxMsgs()).isEqualTo(8);
    }

    @Test
    void whenAStreamStaysThereForWhoCreatesItAndNotForWhoLooks_thenThatMayPass() {
        assertThatThrownBy(() -> run(Specs.of(topic).spec(), neverFound(() -> create(stream -> stream.maxMessages(7)))))
                .isInstanceOfSatisfying(StreamException.class, failure -> assertThat(failure.isPassing()).isTrue())
                .hasMessageContaining("exists, and cannot be found");
    }

    private JetStreamManagement neverFound(Step beforeCreation) throws Exception {
        Step delete = () -> {
            if (link.management().getStreamNames().contains(topic)) {
                link.management().deleteStream(topic);
            }
        };
        return meanwhile(meanwhile(link.management(), "getStreamInfo", delete, () -> {
        }), "addStream", beforeCreation, () -> {
        });
    }

    /** It writes back what it had read before, with its own subject. */
    @Test
    void whenSomebodyElseUndoesAChangeOnce_thenItIsMadeAgain() throws Exception {
        StreamConfiguration before = create(stream -> stream.maxMessages(7));
        AtomicInteger updates = new AtomicInteger();
        TopicSpec spec = Specs.of(topic).maxMessages(8).strategy(Strategy.CREATE_OR_UPDATE).onMismatch(OnMismatch.FAIL).spec();

        run(spec, meanwhile("updateStream", () -> {
        }, () -> {
            if (updates.incrementAndGet() == 1) {
                update(StreamConfiguration.builder(before).addSubjects(topic + "-others"));
            }
        }));

        assertThat(stream(topic).getMaxMsgs()).isEqualTo(8);
        assertThat(stream(topic).getSubjects()).containsExactly(topic, topic + ".>", topic + "-others");
        assertThat(updates).hasValue(2);
    }

    @Test
    void whenSomebodyElseUndoesAChangeAgainAndAgain_thenTheDifferenceIsTold() throws Exception {
        StreamConfiguration before = create(stream -> stream.maxMessages(7));
        AtomicInteger updates = new AtomicInteger();
        TopicSpec spec = Specs.of(topic).maxMessages(8).strategy(Strategy.CREATE_OR_UPDATE).onMismatch(OnMismatch.FAIL).spec();

        assertThatThrownBy(() -> run(spec, meanwhile("updateStream", updates::incrementAndGet,
                () -> update(StreamConfiguration.builder(before)))))
                .isInstanceOfSatisfying(StreamException.class, failure -> assertThat(failure.isPassing()).isFalse())
                .hasMessageContaining("max-messages is 8, but the stream has 7. Change the configuration, or that of whoever"
                        + " changes the stream at the same time");
        assertThat(updates).hasValueBetween(2, 10);
    }

    @Test
    void whenNobodyUndoesAChange_thenOneUpdateWillDo() throws Exception {
        create(stream -> stream.storageType(StorageType.Memory).retentionPolicy(RetentionPolicy.WorkQueue));
        AtomicInteger updates = new AtomicInteger();
        Specs specs = Specs.of(topic).strategy(Strategy.CREATE_OR_UPDATE).onMismatch(OnMismatch.FAIL);
        StreamSettings lifted = new StreamSettings(null, Duration.ZERO, 0L, 0L, 0, 1, null, "", Duration.ofMinutes(2),
                Discard.NEW, null);

        for (TopicSpec spec : List.of(specs.everything().spec(), specs.settings(lifted).spec())) {
            run(spec, meanwhile("updateStream", updates::incrementAndGet, () -> {
            }));
        }

        assertThat(updates).hasValue(2);
    }

    @Test
    void whenAStreamIsDeletedBeforeItIsChanged_thenThatMayPass() throws Exception {
        create(stream -> stream.maxMessages(7));
        TopicSpec spec = Specs.of(topic).maxMessages(8).strategy(Strategy.CREATE_OR_UPDATE).spec();

        assertThatThrownBy(() -> run(spec, meanwhile("updateStream", () -> link.management().deleteStream(topic), () -> {
        }))).isInstanceOfSatisfying(StreamException.class, failure -> assertThat(failure.isPassing()).isTrue())
                .hasMessageContaining("was deleted while it was changed");
    }

    private static void run(TopicSpec spec, JetStreamManagement management) throws Exception {
        new StreamFlight(StreamPlan.of(spec, TopicSpecs.of(List.of())), management, warning -> {
        }).run();
    }

    private static void update(StreamConfiguration.Builder stream) throws Exception {
        link.management().updateStream(stream.build());
    }

    private interface Step {
        void run() throws Exception;
    }

    /** Others do something before and after each call of a method. */
    private JetStreamManagement meanwhile(String name, Step before, Step after) throws Exception {
        return meanwhile(link.management(), name, before, after);
    }

    private JetStreamManagement meanwhile(JetStreamManagement management, String name, Step before, Step after) {
        return (JetStreamManagement) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] { JetStreamManagement.class }, (proxy, method, arguments) -> {
                    boolean observed = method.getName().equals(name);
                    if (observed) {
                        before.run();
                    }
                    try {
                        Object result = method.invoke(management, arguments);
                        if (observed) {
                            after.run();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    // What no mismatch setting helps with

    @Test
    void whenATopicHasToBePersistent_thenAStreamInMemoryIsRefused() throws Exception {
        create(stream -> stream.storageType(StorageType.Memory));

        assertThatThrownBy(() -> ensure(topic, Specs.of(topic).persistence(Persistence.PERSISTENT).spec())).cause()
                .hasMessageContaining("is in memory, but quarkus.eventlane.topic." + topic + ".persistence=persistent");
    }

    @Test
    void whenAStreamAcknowledgesNothing_thenItIsRefused() throws Exception {
        create(stream -> stream.noAck(true));

        assertThatThrownBy(() -> ensure(topic)).cause().hasMessageContaining("acknowledges nothing (no_ack)");
    }

    @Test
    void whenAStreamIsSealed_thenItIsRefused() throws Exception {
        create(stream -> stream);
        link.management().updateStream(StreamConfiguration.builder(stream(topic)).seal().build());

        assertThatThrownBy(() -> ensure(topic)).cause().hasMessageContaining("is sealed");
    }

    @Test
    void whenAnotherStreamHasTheSubjects_thenTheErrorNamesIt() throws Exception {
        link.management().addStream(StreamConfiguration.builder().name("legacy-" + topic).subjects(topic + ".old")
                .storageType(StorageType.Memory).build());

        assertThatThrownBy(() -> ensure(topic)).cause().isInstanceOfSatisfying(StreamException.class,
                failure -> assertThat(failure.isPassing()).isFalse())
                .hasMessageContaining("subjects overlap with an existing stream")
                .hasMessageContaining("those of legacy-" + topic)
                .hasMessageContaining("set quarkus.eventlane.topic." + topic + ".stream to that one");
    }

    @Test
    void whenThereAreTooFewServers_thenTheErrorSaysSo() {
        assertThatThrownBy(() -> ensure(topic, Specs.of(topic).replicas(3).spec())).cause()
                .hasMessageContaining("replicas > 1 not supported in non-clustered mode")
                .hasMessageEndingWith("lower quarkus.eventlane.topic." + topic + ".replicas");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void ensure(String of, TopicSpec... specs) {
        Streams streams = link.streams(specs);
        try {
            streams.ensure(of).toCompletableFuture().join();
        } catch (CompletionException e) {
            assertThat(streams.isKnown(of)).isFalse();
            throw e;
        }
        assertThat(streams.isKnown(of)).isTrue();
    }

    private static StreamConfiguration stream(String name) throws Exception {
        return link.management().getStreamInfo(name).getConfiguration();
    }

    private interface Change {
        StreamConfiguration.Builder of(StreamConfiguration.Builder stream);
    }

    private StreamConfiguration create(Change change) throws Exception {
        return link.management().addStream(change.of(StreamConfiguration.builder().name(topic).subjects(topic, topic + ".>")
                .storageType(StorageType.File)).build()).getConfiguration();
    }
}
