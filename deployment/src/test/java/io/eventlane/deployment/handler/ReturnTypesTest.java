package io.eventlane.deployment.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import jakarta.inject.Inject;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.Envelope;
import io.eventlane.runtime.HandlerTable;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;

class ReturnTypesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = Application.of(Consumer.class);

    @Inject
    HandlerTable table;

    @Test
    void whenResultIsAsynchronous_thenItIsHandedOn() throws Throwable {
        assertThat(invoke("uni")).isInstanceOfSatisfying(Uni.class,
                uni -> assertThat(uni.await().indefinitely()).isEqualTo("done"));
        assertThat(invoke("stage")).isInstanceOf(CompletionStage.class);
        assertThat(invoke("future")).isInstanceOf(CompletableFuture.class);
    }

    @Test
    void whenResultIsPublished_thenItIsHandedOnWithItsChannels() throws Throwable {
        assertThat(invoke("payload")).isEqualTo("a!");
        assertThat(invoke("number")).isEqualTo(1);
        assertThat(invoke("collection")).isEqualTo(List.of("a", "a"));
        assertThat(invoke("envelopes")).asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST).hasSize(1)
                .first().isInstanceOf(Envelope.class);
        assertThat(outgoing("payload")).containsExactly("shouts");
        assertThat(outgoing("number")).containsExactly("lengths", "sizes");
        assertThat(outgoing("uni")).isEmpty();
    }

    @Test
    void whenMethodThrows_thenItsThrowableArrives() {
        assertThatThrownBy(() -> invoke("failing")).isExactlyInstanceOf(Exception.class).hasMessage("a");
    }

    @Test
    void whenAnnotatedWithAnExecutionModel_thenItIsAHandlerLikeAnyOther() throws Throwable {
        assertThat(invoke("non-blocking")).isEqualTo("a");
        assertThat(invoke("virtual")).isEqualTo("a");
        assertThat(invoke("blocking")).isEqualTo("a");
    }

    private Object invoke(String channel) throws Throwable {
        return new Handlers(table).invoke(channel, TestEvent.of("a"));
    }

    private List<String> outgoing(String channel) {
        return new Handlers(table).only(channel).method().outgoing();
    }

    static class Consumer {

        @Incoming("uni")
        Uni<String> uni(String text) {
            return Uni.createFrom().item("done");
        }

        @Incoming("stage")
        CompletionStage<Void> stage(String text) {
            return CompletableFuture.completedFuture(null);
        }

        @Incoming("future")
        CompletableFuture<?> future(String text) {
            return CompletableFuture.completedFuture(text);
        }

        @Incoming("payload")
        @Outgoing("shouts")
        String payload(String text) {
            return text + "!";
        }

        @Incoming("number")
        @Outgoing("lengths")
        @Outgoing("sizes")
        int number(String text) {
            return text.length();
        }

        @Incoming("collection")
        @Outgoing("shouts")
        List<String> collection(String text) {
            return List.of(text, text);
        }

        @Incoming("envelopes")
        @Outgoing("shouts")
        List<Envelope<String>> envelopes(String text) {
            return List.of(Envelope.of("o-1", "shouted", 1, text));
        }

        @Incoming("failing")
        void failing(String text) throws Exception {
            throw new Exception(text);
        }

        @Incoming("non-blocking")
        @Outgoing("shouts")
        @NonBlocking
        String nonBlocking(String text) {
            return text;
        }

        @Incoming("virtual")
        @Outgoing("shouts")
        @RunOnVirtualThread
        String virtual(String text) {
            return text;
        }

        @Incoming("blocking")
        @Outgoing("shouts")
        @Blocking
        String blocking(String text) {
            return text;
        }
    }
}
