package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.eventlane.brokers.NatsServer;
import io.eventlane.jetstream.TopicSpec.Strategy;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.StreamConfiguration;

/** Many who need streams at the same time, and topics that share one. */
@NeedsNats
@Timeout(60)
class StreamSharingTest {

    private NatsServer server;
    private TestLink link;
    private Connection spy;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        server = NatsServer.start();
        link = TestLink.to(server);
        spy = Nats.connect(server.url());
        spy.createDispatcher(message -> requests.add(message.getSubject())).subscribe("$JS.API.STREAM.>");
        spy.flush(TestLink.PATIENCE);
    }

    @AfterEach
    void stop() throws Exception {
        spy.close();
        link.close();
        server.close();
    }

    @Test
    void whenAThousandPublishersNeedOneStream_thenItIsCreatedOnce() throws Exception {
        List<TopicSpec> topics = IntStream.range(0, 20).mapToObj(i -> Specs.of("shop.topic" + i).stream("shop").spec())
                .toList();
        Streams streams = link.streams(topics.toArray(TopicSpec[]::new));

        storm(1_000, i -> streams.ensure("shop.topic" + i % 20)).join();

        assertThat(topics).allMatch(topic -> streams.isKnown(topic.topic()));
        assertThat(link.management().getStreamInfo("shop").getConfiguration().getSubjects()).hasSize(40);
        await().untilAsserted(() -> assertThat(requests).contains("$JS.API.STREAM.CREATE.shop"));
        assertThat(requests).filteredOn("$JS.API.STREAM.CREATE.shop"::equals).hasSize(1);
    }

    @Test
    void whenAThousandPublishersNeedManyStreams_thenEachIsCreatedOnce() throws Exception {
        Streams streams = link.streams();

        storm(1_000, i -> streams.ensure("topic" + i % 50)).join();

        assertThat(link.management().getStreamNames()).hasSize(50);
        await().untilAsserted(() -> assertThat(requests).filteredOn(request -> request.contains(".CREATE.")).hasSize(50)
                .doesNotHaveDuplicates());
    }

    /** Topics whose names differ in what a stream's name may not have share a stream without anybody saying so. */
    @Test
    void whenTopicsOfOneStreamAreNotKnownBeforehand_thenAllOfThemEndUpCovered() throws Exception {
        link.management().addStream(StreamConfiguration.builder().name("a_b").subjects("other").build());
        Streams streams = link.streams(
                java.util.stream.Stream.of("a.b", "a:b", "a/b")
                        .map(topic -> Specs.of(topic).strategy(Strategy.CREATE_OR_UPDATE))
                        .map(Specs::spec).toArray(TopicSpec[]::new));

        storm(30, i -> streams.ensure(List.of("a.b", "a:b", "a/b").get(i % 3))).join();

        assertThat(link.management().getStreamInfo("a_b").getConfiguration().getSubjects())
                .containsExactlyInAnyOrder("other", "a.b", "a.b.>", "a:b", "a:b.>", "a/b", "a/b.>");
    }

    @Test
    void whenTheFlightOfAnotherTopicFails_thenOneOfItsOwnIsMade() throws Exception {
        link.management().addStream(StreamConfiguration.builder().name("shop").subjects("good", "good.>").build());
        Streams streams = link.streams(Specs.of("bad").stream("shop").spec(), Specs.of("good").stream("shop").spec());

        for (int i = 0; i < 20; i++) {
            CompletionStage<Void> bad = streams.ensure("bad");
            CompletionStage<Void> good = streams.ensure("good");

            good.toCompletableFuture().join();
            assertThatThrownBy(() -> bad.toCompletableFuture().join()).hasMessageContaining("does not take the topic's events");
            streams.forget("good");
        }
    }

    @ParameterizedTest
    @Timeout(120)
    @CsvSource({ "2, 10", "8, 3" })
    void whenApplicationsAddTheirTopicsInTheSameMoment_thenNoneUndoesWhatAnotherOneAdds(int applications, int rounds)
            throws Exception {
        link.management().addStream(StreamConfiguration.builder().name("shop").subjects("other").build());
        List<TestLink> links = IntStream.range(0, applications).mapToObj(i -> TestLink.to(server)).toList();
        try {
            for (int round = 0; round < rounds; round++) {
                String suffix = "-" + round;
                storm(applications, i -> links.get(i).streams(Specs.of("topic" + i + suffix).stream("shop")
                        .strategy(Strategy.CREATE_OR_UPDATE).spec()).ensure("topic" + i + suffix)).join();

                assertThat(link.management().getStreamInfo("shop").getConfiguration().getSubjects()).as("round %d", round)
                        .hasSize(1 + 2 * applications * (round + 1));
            }
        } finally {
            links.forEach(TestLink::close);
        }
    }

    @ParameterizedTest
    @CsvSource({ "orders, audit", "audit, orders" })
    void whenATopicOfAStreamIsNotConfigured_thenWhoeverComesFirstCreatesItForBoth(String first, String second)
            throws Exception {
        Streams streams = new Streams(link.link,
                TopicSpecs.of(List.of(Specs.of("audit").stream("orders").spec()), List.of("audit", "orders", "not a topic")));

        streams.ensure(first).toCompletableFuture().join();
        streams.ensure(second).toCompletableFuture().join();

        assertThat(link.management().getStreamInfo("orders").getConfiguration().getSubjects())
                .containsExactly("audit", "audit.>", "orders", "orders.>");
    }

    /** A server refuses subjects of which one is beneath the other. */
    @Test
    void whenATopicIsBeneathAnotherOneOfItsStream_thenTheOthersSubjectsWillDo() throws Exception {
        Streams streams = new Streams(link.link,
                TopicSpecs.of(List.of(Specs.of("orders.new").stream("orders").spec()), List.of("orders", "orders.new")));

        streams.ensure("orders.new").toCompletableFuture().join();
        streams.ensure("orders").toCompletableFuture().join();

        assertThat(link.management().getStreamInfo("orders").getConfiguration().getSubjects())
                .containsExactly("orders", "orders.>");
    }

    @Test
    void whenATopicIsAboveAnotherOneThatAStreamHas_thenItsSubjectsTakeTheirPlace() throws Exception {
        link.management().addStream(
                StreamConfiguration.builder().name("orders").subjects("orders.new", "orders.new.>", "other").build());
        Streams streams = link.streams(Specs.of("orders").strategy(Strategy.CREATE_OR_UPDATE).spec());

        streams.ensure("orders").toCompletableFuture().join();

        assertThat(link.management().getStreamInfo("orders").getConfiguration().getSubjects())
                .containsExactly("other", "orders", "orders.>");
    }

    @Test
    void whenATopicOfAStreamIsNotConfigured_thenWhatIsSaidOfTheOtherHoldsForIt() throws Exception {
        link.management().addStream(StreamConfiguration.builder().name("a_b").subjects("other").build());
        Streams streams = new Streams(link.link, TopicSpecs.of(
                List.of(Specs.of("a_b").strategy(Strategy.CREATE_OR_UPDATE).maxMessages(7).spec()), List.of("a.b", "a_b")));

        streams.ensure("a.b").toCompletableFuture().join();

        StreamConfiguration stream = link.management().getStreamInfo("a_b").getConfiguration();
        assertThat(stream.getSubjects()).containsExactly("other", "a_b", "a_b.>", "a.b", "a.b.>");
        assertThat(stream.getMaxMsgs()).isEqualTo(7);
    }

    /** A cluster takes a stream that is created twice at the same moment for two, where these are in another order. */
    @Test
    void whenManyTopicsShareAStream_thenItsSubjectsAreInOneOrder() {
        List<TopicSpec> topics = IntStream.range(0, 20).mapToObj(i -> Specs.of("topic" + i).stream("shop").spec()).toList();

        assertThat(StreamPlan.of(topics.getLast(), TopicSpecs.of(topics)).creation().getSubjects()).hasSize(40).isSorted();
        assertThat(StreamPlan.of(topics.getFirst(), TopicSpecs.of(topics.reversed())).creation().getSubjects()).isSorted();
    }

    /** Each finds its own changes undone by the other one, and gives up in the end. */
    @Test
    void whenApplicationsAreConfiguredDifferently_thenTheyEndAndTheStreamIsAsOneOfThemHasIt() throws Exception {
        link.management().addStream(StreamConfiguration.builder().name("shop").subjects("other").build());
        List<TestLink> links = List.of(TestLink.to(server), TestLink.to(server));
        try {
            storm(2, i -> links.get(i).streams(Specs.of("topic" + i).stream("shop").maxMessages(7 + i)
                    .strategy(Strategy.CREATE_OR_UPDATE).spec()).ensure("topic" + i)).join();

            StreamConfiguration stream = link.management().getStreamInfo("shop").getConfiguration();
            assertThat(stream.getMaxMsgs()).isBetween(7L, 8L);
            assertThat(stream.getSubjects()).contains("topic0", "topic1");
        } finally {
            links.forEach(TestLink::close);
        }
    }

    private interface Call {
        CompletionStage<Void> of(int caller);
    }

    private static CompletableFuture<Void> storm(int callers, Call call) throws InterruptedException {
        CountDownLatch together = new CountDownLatch(1);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            int caller = i;
            CompletableFuture<Void> done = new CompletableFuture<>();
            all.add(done);
            Thread.ofVirtual().start(() -> {
                try {
                    together.await();
                    call.of(caller).toCompletableFuture().join();
                    done.complete(null);
                } catch (Throwable failure) {
                    done.completeExceptionally(failure);
                }
            });
        }
        together.countDown();
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }
}
