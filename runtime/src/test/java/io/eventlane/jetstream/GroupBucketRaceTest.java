package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.eventlane.brokers.NatsServer;
import io.nats.client.KeyValueManagement;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueStatus;

/** Instances that make the bucket at the same moment, and not in the same way. */
@NeedsNats
@Timeout(60)
class GroupBucketRaceTest {

    private NatsServer server;
    private TestLink link;

    @BeforeEach
    void start() {
        server = NatsServer.start();
        link = TestLink.to(server);
    }

    @AfterEach
    void stop() {
        link.close();
        server.close();
    }

    @Test
    void whenAnotherInstanceMakesTheBucketMeanwhile_thenThatOneIsTaken() throws Exception {
        AtomicInteger created = new AtomicInteger();

        boolean provided = GroupBucket.provide(before("create", management -> {
            created.incrementAndGet();
            makeOther(management);
        }), 1);

        assertThat(provided).isTrue();
        assertThat(created).hasValue(1);
        assertThat(status().getMaxHistoryPerKey()).isEqualTo(2);
    }

    /** It is found by who makes it, and not by who looks. */
    @Test
    void whenTheBucketIsGoneAgain_thenItIsMadeAgain() throws Exception {
        AtomicInteger created = new AtomicInteger();
        AtomicInteger looked = new AtomicInteger();

        GroupBucket.provide(before("create", management -> {
            if (created.incrementAndGet() == 1) {
                makeOther(management);
            }
        }, "getStatus", management -> {
            if (looked.incrementAndGet() == 2) {
                management.delete(GroupBucket.NAME);
            }
        }), 1);

        assertThat(created).hasValue(2);
        assertThat(status().getMaxHistoryPerKey()).isEqualTo(1);
    }

    @Test
    void whenTheBucketStaysOutOfSight_thenTheKeeperIsTold() {
        AtomicInteger looked = new AtomicInteger();

        assertThatThrownBy(
                () -> GroupBucket.provide(before("create", GroupBucketRaceTest::makeOther, "getStatus", management -> {
                    if (looked.incrementAndGet() > 1) {
                        management.delete(GroupBucket.NAME);
                    }
                }), 1)).isInstanceOf(IOException.class).hasMessageContaining("exists, and cannot be found");
    }

    private static void makeOther(KeyValueManagement management) throws Exception {
        management.create(KeyValueConfiguration.builder().name(GroupBucket.NAME).maxHistoryPerKey(2).build());
    }

    private KeyValueStatus status() throws Exception {
        return link.connection().keyValueManagement().getStatus(GroupBucket.NAME);
    }

    private interface Step {
        void run(KeyValueManagement management) throws Exception;
    }

    private KeyValueManagement before(String name, Step step) throws Exception {
        return before(name, step, "", management -> {
        });
    }

    /** Others do something before each call of a method. */
    private KeyValueManagement before(String name, Step step, String otherName, Step otherStep) throws Exception {
        KeyValueManagement management = link.connection().keyValueManagement();
        return (KeyValueManagement) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] { KeyValueManagement.class }, (proxy, method, arguments) -> {
                    if (method.getName().equals(name)) {
                        step.run(management);
                    } else if (method.getName().equals(otherName)) {
                        otherStep.run(management);
                    }
                    try {
                        return method.invoke(management, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
