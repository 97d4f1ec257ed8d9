package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.eventlane.jetstream.GroupMember.Word;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StorageType;

/** Two members, and a store that one of them or both cannot reach, or do not hear. */
@NeedsNats
class GroupMemberTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final int PARTITIONS = 4;

    private final TestNats nats = TestNats.shared();
    private final TestLink link = TestLink.open(ConnectionSettings.of("test", nats.url()));
    private final String bucket = TestNats.unique();
    private final GroupMember one = member("one");
    private final GroupMember other = member("other");
    private KeyValue store;

    private static GroupMember member(String id) {
        return new GroupMember("group", id, PARTITIONS, TIMEOUT);
    }

    @BeforeEach
    void open() throws Exception {
        nats.connection.keyValueManagement()
                .create(KeyValueConfiguration.builder().name(bucket).storageType(StorageType.Memory).build());
        link.awaitHeard("up");
        store = link.connection().keyValue(bucket);
        one.beat(store);
        other.beat(store);
        one.beat(store);
    }

    @AfterEach
    void close() {
        link.close();
        nats.close();
    }

    @Test
    void whenAMemberIsSilent_thenTheOtherHasItsPartitionsAfterTheTimeout() throws Exception {
        Word last = other.beat(store);

        awaitAlone(one);

        assertThat(System.nanoTime() - last.until()).isPositive();
        assertThat(other.beat(store)).isNull();
        assertThat(other.beat(store).members()).isEqualTo(2);
    }

    @Test
    void whenTheStoreIsOutOfReachOfBothForLong_thenTheFirstThatIsBackTakesNothing() {
        awaitRefusals("get");

        assertThatBothAreMembers();
    }

    @Test
    void whenTheStoreCanBeReadButNotWrittenForLong_thenTheFirstThatIsBackTakesNothing() {
        awaitRefusals("update");

        assertThatBothAreMembers();
    }

    /** A beat that is sent again must not look like the one whose answer was lost: the other has counted from that. */
    @Test
    void whenTheAnswerToABeatIsLost_thenTheNextOneIsSeenAsANewOne() throws Exception {
        assertThatThrownBy(() -> other.beat(failing("update", true))).isInstanceOf(IOException.class);
        awaitBeats(TIMEOUT.dividedBy(2));
        Word last = other.beat(store);

        awaitAlone(one);

        assertThat(System.nanoTime() - last.until()).as("since the other one may start no handler").isPositive();
    }

    @Test
    void whenSomebodyDeletesTheGroup_thenItIsMadeAnew() throws Exception {
        store.delete("group");

        assertThat(one.beat(store)).as("what it had is lost").isNull();
        assertThat(one.beat(store).members()).isEqualTo(1);
        assertThat(other.beat(store)).isNull();
        other.beat(store);
        assertThatBothAreMembers();
    }

    /** Returns when one member has said for so long that it is there. */
    private void awaitBeats(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        await().pollDelay(Duration.ZERO).until(() -> one.beat(store) != null && System.nanoTime() - end > 0);
    }

    private void awaitAlone(GroupMember member) {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).until(() -> member.beat(store).members() == 1);
    }

    /** Returns when neither could use the store for longer than the time-out. */
    private void awaitRefusals(String method) {
        long end = System.nanoTime() + TIMEOUT.multipliedBy(2).toNanos();
        KeyValue broken = failing(method, false);
        await().until(() -> {
            assertThatThrownBy(() -> one.beat(broken)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> other.beat(broken)).isInstanceOf(IOException.class);
            return System.nanoTime() - end > 0;
        });
    }

    private void assertThatBothAreMembers() throws AssertionError {
        for (GroupMember member : new GroupMember[] { one, other }) {
            try {
                assertThat(member.beat(store)).as(member.id()).isNotNull().extracting(Word::members).isEqualTo(2);
            } catch (IOException | JetStreamApiException e) {
                throw new AssertionError(e);
            }
        }
    }

    /**
     * The store, of which a method fails.
     *
     * @param late whether it has done its work by then
     */
    private KeyValue failing(String method, boolean late) {
        return (KeyValue) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { KeyValue.class },
                (proxy, called, arguments) -> {
                    if (!called.getName().equals(method)) {
                        try {
                            return called.invoke(store, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }
                    if (late) {
                        called.invoke(store, arguments);
                    }
                    throw new IOException("No answer");
                });
    }
}
