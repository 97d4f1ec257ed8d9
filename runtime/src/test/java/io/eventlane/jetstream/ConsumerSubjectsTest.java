package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.nats.client.api.Mirror;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StreamConfiguration;

class ConsumerSubjectsTest {

    private static StreamConfiguration.Builder stream(String... subjects) {
        return StreamConfiguration.builder().name("shop").subjects(subjects);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            "orders,      orders,                      -",
            "orders,      orders orders.>,             -",
            "orders,      orders bills,                orders",
            "orders,      *,                           orders",
            "orders,      *.*,                         orders.>",
            "orders,      >,                           -",
            "orders,      orders orders.> bills,       -",
            "shop.orders, shop.orders shop.orders.>,   -",
            "shop.orders, shop.>,                      shop.>",
            "shop.orders, shop.* other,                shop.orders" })
    void whenAStreamHasSubjects_thenItIsAskedForWhatIsTheTopicsAndLittleMore(String topic, String subjects, String filter) {
        assertThat(ConsumerSubjects.ofTopic(topic).filter(stream(subjects.split(" ")).build())).isEqualTo(filter);
    }

    @Test
    void whenItWouldTakeEventsFromOthers_thenItIsSaid() {
        StreamConfiguration queue = stream("orders", "orders.>", "bills").retentionPolicy(RetentionPolicy.WorkQueue).build();

        assertThatThrownBy(() -> ConsumerSubjects.ofTopic("orders").filter(queue))
                .hasMessageContainingAll("stream shop", "workqueue", "others than topic orders");
    }

    @Test
    void whenTheStreamHasNoneOfThem_thenItIsSaid() {
        assertThatThrownBy(() -> ConsumerSubjects.ofTopic("orders").filter(stream("bills", "order.>").build()))
                .hasMessageContainingAll("stream shop", "topic orders", "bills, order.>",
                        "quarkus.eventlane.topic.orders.stream");
    }

    @Test
    void whenTheStreamCopiesAnother_thenItsSubjectsAreNotKnown() {
        StreamConfiguration mirror = stream().mirror(Mirror.builder().sourceName("other").build()).build();

        assertThat(ConsumerSubjects.ofTopic("shop.orders").filter(mirror)).isEqualTo("shop.>");
        assertThat(ConsumerSubjects.ofPartition("orders", 3).filter(mirror)).isEqualTo("orders.3.>");
    }

    @Test
    void whenTheTopicHasPartitions_thenAConsumerOfOneHasThatAlone() {
        StreamConfiguration partitioned = stream("orders.*").subjectTransform(Partitions.transform("orders", 4)).build();

        assertThat(ConsumerSubjects.ofPartition("orders", 0).filter(partitioned)).isEqualTo("orders.0.>");
        assertThat(ConsumerSubjects.ofPartition("orders", 3).filter(partitioned)).isEqualTo("orders.3.>");
        assertThat(ConsumerSubjects.ofTopic("orders").filter(partitioned)).as("the whole topic").isNull();
    }

    @ParameterizedTest
    @CsvSource({ "orders,true", "orders.1,true", "orders.1.2,true", "orders2,false", "bills,false", "order,false" })
    void whenAMessageComes_thenItsSubjectSaysWhoseItIs(String subject, boolean own) {
        assertThat(ConsumerSubjects.ofTopic("orders").take(subject)).isEqualTo(own);
    }

    @ParameterizedTest
    @CsvSource({ "orders.1.key,true", "orders.1,false", "orders,false", "orders.11.key,false" })
    void whenAMessageOfAPartitionComes_thenItsSubjectSaysWhoseItIs(String subject, boolean own) {
        assertThat(ConsumerSubjects.ofPartition("orders", 1).take(subject)).isEqualTo(own);
    }

    @Test
    void whenTheStreamIsNotItsOwn_thenTheConsumersNameHasTheTopics() {
        assertThat(new SourceTopic(Specs.of("orders").spec()).durable("my.shop")).isEqualTo("my_shop");
        assertThat(new SourceTopic(Specs.of("orders").stream("shop").spec()).durable("my.shop")).isEqualTo("my_shop-orders");
    }
}
