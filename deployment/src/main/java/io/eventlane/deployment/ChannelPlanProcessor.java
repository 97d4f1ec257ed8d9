package io.eventlane.deployment;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import io.eventlane.deployment.Connectors.Configured;
import io.eventlane.deployment.Connectors.Use;
import io.eventlane.runtime.ChannelPlan;
import io.eventlane.runtime.ChannelPlanRecorder;
import io.eventlane.runtime.EventlaneBuildTimeConfig;
import io.eventlane.runtime.EventlaneBuildTimeConfig.Channel;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;

/** Settles the connector of each channel, and tells the running application. */
final class ChannelPlanProcessor {

    @BuildStep
    ChannelPlanBuildItem plan(EventlaneBuildTimeConfig config, List<ConnectorBuildItem> connectors,
            List<HandlerBuildItem> handlers, List<PublisherBuildItem> publishers, BuildProducer<ProblemBuildItem> problems) {
        Configured configured = new Configured(config.connector(), named(config.incoming()), named(config.outgoing()));
        return new ChannelPlanBuildItem(new Connectors(connectors.stream().map(ConnectorBuildItem::name).toList(), configured,
                problem -> problems.produce(new ProblemBuildItem(problem)))
                .plan(incoming(handlers), outgoing(handlers, publishers)));
    }

    private static Map<String, String> named(Map<String, Channel> channels) {
        Map<String, String> named = new TreeMap<>();
        channels.forEach((name, channel) -> channel.connector().ifPresent(connector -> named.put(name, connector)));
        return named;
    }

    private static Stream<Use> incoming(List<HandlerBuildItem> handlers) {
        return handlers.stream().map(item -> item.handler).flatMap(
                handler -> handler.incoming().stream().map(channel -> new Use(channel, handler.description())));
    }

    private static Stream<Use> outgoing(List<HandlerBuildItem> handlers, List<PublisherBuildItem> publishers) {
        Stream<Use> ofHandlers = handlers.stream().map(item -> item.handler).flatMap(
                handler -> handler.outgoing().stream().map(channel -> new Use(channel, handler.description())));
        Stream<Use> ofPublishers = publishers.stream().map(item -> item.publisher)
                .map(publisher -> new Use(publisher.channel(), publisher.where()));
        return Stream.concat(ofHandlers, ofPublishers);
    }

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    SyntheticBeanBuildItem bean(ChannelPlanBuildItem item, ChannelPlanRecorder recorder) {
        ChannelPlan plan = item.plan;
        return SyntheticBeanBuildItem.configure(ChannelPlan.class)
                .scope(Singleton.class)
                .unremovable()
                .runtimeValue(recorder.channelPlan(new TreeMap<>(plan.incoming()), new TreeMap<>(plan.outgoing()),
                        plan.defaultConnector()))
                .done();
    }
}
