package io.eventlane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.GenericArrayType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.eventlane.deployment.handler.TestEvent;
import io.eventlane.runtime.ChannelHandlers;
import io.eventlane.runtime.HandlerBeans;
import io.eventlane.runtime.HandlerInvoker;
import io.eventlane.runtime.HandlerTable;

class HandlerTableGeneratorTest {

    @Test
    void whenHandlersAreFoundInAnotherOrder_thenBytesAreTheSame() throws Exception {
        Map<String, byte[]> first = Generated.from(1, SampleHandlers.class, MoreHandlers.class).files;
        for (long seed = 2; seed < 12; seed++) {
            Map<String, byte[]> again = Generated.from(seed, MoreHandlers.class, SampleHandlers.class).files;

            assertThat(again.keySet()).isEqualTo(first.keySet());
            again.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(first.get(name)));
        }
    }

    @Test
    void whenTableIsCreated_thenEachBeanIsAskedForOnce() throws Exception {
        List<String> asked = new ArrayList<>();

        table(identifier -> {
            asked.add(identifier);
            return new SampleHandlers();
        });

        assertThat(asked).containsExactly("SampleHandlers");
    }

    @Test
    void whenMethodHasSeveralChannels_thenTheyShareItsInvoker() throws Exception {
        HandlerTable table = table(identifier -> new SampleHandlers());

        assertThat(channel(table, "orders").select(null)).isSameAs(channel(table, "payments").select(null));
    }

    @Test
    void whenMethodsAreOverloaded_thenEachIsCalled() throws Throwable {
        List<String> calls = new ArrayList<>();
        HandlerTable table = table(identifier -> new SampleHandlers() {

            @Override
            public void onOrder(String order, String key, String region) {
                calls.add(order + key + region);
            }
        });
        HandlerInvoker invoker = channel(table, "orders").select("order.placed");

        invoker.invoke(new TestEvent<>("a", "b", Map.of("X-Region", "c"), null));

        assertThat(calls).containsExactly("abc");
    }

    @Test
    void whenResultIsPrimitive_thenItIsBoxed() throws Throwable {
        HandlerTable table = table(identifier -> new SampleHandlers());

        assertThat(channel(table, "numbers").select(null).invoke(TestEvent.of(21L))).isEqualTo(42L);
    }

    @Test
    void whenPayloadIsArrayOfGenerics_thenItsTypeIsKept() throws Exception {
        HandlerTable table = table(identifier -> new SampleHandlers());

        assertThat(channel(table, "payments").select(null).method().payloadType())
                .isInstanceOfSatisfying(GenericArrayType.class, type -> assertThat(type.getGenericComponentType())
                        .hasToString("java.util.List<java.lang.String>"));
    }

    private static HandlerTable table(HandlerBeans beans) throws Exception {
        return (HandlerTable) Generated.from(0, SampleHandlers.class).loader().loadClass(HandlerTableGenerator.TABLE)
                .getConstructor(HandlerBeans.class).newInstance(beans);
    }

    private static ChannelHandlers channel(HandlerTable table, String name) {
        return table.channels().stream().filter(channel -> channel.channel().equals(name)).findFirst().orElseThrow();
    }
}
