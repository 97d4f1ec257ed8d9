package io.eventlane.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.eventlane.jetstream.TopicSpec;
import io.eventlane.runtime.ChannelPlan;
import io.eventlane.runtime.config.Settings;

class TopicUseTest {

    @Test
    void whenChannelsUseATopicThatNothingIsConfiguredFor_thenItCountsForItsStream() {
        ChannelPlan plan = ChannelPlan.of(Map.of("in", "jetstream", "elsewhere", "kafka"), Map.of("orders:new", "jetstream"),
                "jetstream");
        Settings settings = TestSettings.of(Map.of("quarkus.eventlane.topic.audit.stream", "orders_new",
                "quarkus.eventlane.incoming.in.topic", "orders.new", "quarkus.eventlane.incoming.elsewhere.topic",
                "orders/new"));

        assertThat(TopicUse.specs(plan, settings).ofStream("orders_new")).extracting(TopicSpec::topic)
                .containsExactly("audit", "orders.new", "orders:new");
    }
}
