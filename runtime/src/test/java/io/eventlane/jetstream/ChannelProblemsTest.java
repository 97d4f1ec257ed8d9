package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class ChannelProblemsTest {

    private final TopicSpecs none = TopicSpecs.of(List.of());

    private static JetStreamIncoming channel(String topic, String group) {
        return new TestIncoming("nats://nowhere", topic, (record, delivery) -> {
        }).group(group).definition();
    }

    @Test
    void whenNamesDifferOnlyInWhatConsumersCannotBeCalled_thenTheirConsumersAreRefused() {
        assertThat(new ChannelProblems(none).of(List.of(channel("a.b", "shop"), channel("a_b", "shop")))).singleElement()
                .asString()
                .contains("topic a_b in group shop", "topic a.b in group shop", "consumer shop of stream a_b",
                        "quarkus.eventlane.topic.a_b.stream");
        assertThat(new ChannelProblems(none).of(List.of(channel("a", "my.shop"), channel("a", "my_shop")))).singleElement()
                .asString().contains("group my.shop", "group my_shop", "quarkus.eventlane.incoming.orders.group.id");
    }

    @Test
    void whenTopicsShareAStream_thenEachHasAConsumer() {
        TopicSpecs shared = TopicSpecs.of(List.of(Specs.of("a").stream("shop").spec(), Specs.of("b").stream("shop").spec()));

        assertThat(new ChannelProblems(shared).of(List.of(channel("a", "app"), channel("b", "app")))).isEmpty();
    }
}
