package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.nats.client.api.Mirror;
import io.nats.client.api.StreamConfiguration;

class ConsumerSubjectsTest {

    private static final ServerAbilities OLD = ServerAbilities.of("2.9.10");
    private static final ServerAbilities NEW = ServerAbilities.of("2.10.27");

    private static SourceTopic topic(String stream) {
        return new SourceTopic(Specs.of("orders").stream(stream).spec());
    }

    private static StreamConfiguration.Builder stream(String... subjects) {
        return StreamConfiguration.builder().name("shop").subjects(subjects);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            "2.9.10,  orders,          -",
            "2.9.10,  orders orders.>, -",
            "2.10.27, orders orders.>, -",
            "2.9.10,  orders bills,    orders",
            "2.10.27, orders bills,    orders",
            "2.9.10,  *,               orders",
            "2.9.10,  *.*,             orders.>",
            "2.10.27, >,               orders orders.>" })
    void whenTheStreamIsTheTopicsOwn_thenOnlyWhatIsNotItsOwnIsLeftOut(String server, String subjects, String filters) {
        assertThat(topic("orders").subjects().filters(stream(subjects.split(" ")).build(), ServerAbilities.of(server)))
                .isEqualTo(filters == null ? List.of() : List.of(filters.split(" ")));
    }

    @Test
    void whenTheStreamIsNotItsOwn_thenWhatOthersMayAddIsLeftOut() {
        assertThat(topic("shop").subjects().filters(stream("orders", "orders.>").build(), NEW))
                .containsExactly("orders", "orders.>");
        assertThat(topic("shop").subjects().filters(stream("orders").build(), OLD)).isEmpty();
    }

    @Test
    void whenAnOldServerWouldNeedTwoFilters_thenItIsSaid() {
        assertThatThrownBy(() -> topic("shop").subjects().filters(stream(">").build(), OLD))
                .hasMessageContainingAll("topic orders shares its stream shop", "version 2.10", "is 2.9.10");
    }

    @Test
    void whenTheStreamHasNoneOfThem_thenItIsSaid() {
        assertThatThrownBy(() -> topic("shop").subjects().filters(stream("bills", "order.>").build(), NEW))
                .hasMessageContainingAll("stream shop", "topic orders", "bills, order.>",
                        "quarkus.eventlane.topic.orders.stream");
    }

    @Test
    void whenTheStreamCopiesAnother_thenItsSubjectsAreNotKnown() {
        StreamConfiguration mirror = stream().mirror(Mirror.builder().sourceName("other").build()).build();

        assertThat(topic("shop").subjects().filters(mirror, NEW)).containsExactly("orders", "orders.>");
    }

    @Test
    void whenTheTopicHasPartitions_thenAConsumerOfOneHasThatAlone() {
        StreamConfiguration partitioned = stream("orders", "orders.*").subjectTransform(Partitions.transform("orders", 4))
                .build();

        assertThat(topic("orders").subjects(0).filters(partitioned, NEW)).containsExactly("orders", "orders.0.>");
        assertThat(topic("orders").subjects(3).filters(partitioned, NEW)).containsExactly("orders.3.>");
        assertThat(topic("orders").subjects().filters(partitioned, NEW)).as("the whole topic").isEmpty();
    }

    @Test
    void whenTheStreamIsNotItsOwn_thenTheConsumersNameHasTheTopics() {
        assertThat(topic("orders").durable("my.shop")).isEqualTo("my_shop");
        assertThat(topic("shop").durable("my.shop")).isEqualTo("my_shop-orders");
    }
}
