package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.eventlane.jetstream.GroupMember.Word;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
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

    @Test
    void whenTwoMakeTheGroupAtOnce_thenBothAreMembers() throws Exception {
        assertThatBothAreMembersWhenBothFindNothing("other-group");
    }

    @Test
    void whenTwoMakeADeletedGroupAnewAtOnce_thenBothAreMembers() throws Exception {
        store.delete("group");

        assertThatBothAreMembersWhenBothFindNothing("group");
    }

    private void assertThatBothAreMembersWhenBothFindNothing(String key) throws Exception {
        GroupMember first = new GroupMember(key, "first", PARTITIONS, TIMEOUT);
        GroupMember second = new GroupMember(key, "second", PARTITIONS, TIMEOUT);
        AtomicBoolean meanwhile = new AtomicBoolean(true);
        KeyValue slow = changing("get", call -> {
            Object read = call.call();
            if (meanwhile.getAndSet(false)) {
                first.beat(store);
            }
            return read;
        });

        Word said = Objects.requireNonNull(second.beat(slow));

        assertThat(said.owned()).as("of what the first one has").isEmpty();
        assertThat(first.beat(store)).isNotNull().extracting(Word::members).isEqualTo(2);
    }

    @Test
    void whenTheAnswerToItsFirstWordIsLost_thenAMemberLeavesAllTheSame() throws Exception {
        GroupMember next = member("next");
        assertThatThrownBy(() -> next.beat(failing("update", true))).isInstanceOf(IOException.class);
        assertThat(one.beat(store)).isNotNull().extracting(Word::members).isEqualTo(3);

        next.leave(store);

        assertThatBothAreMembers();
    }

    @Test
    void whenNamesHaveCharactersThatKeysHaveNot_thenTheyAreWrittenInOthers() throws Exception {
        String key = GroupBucket.key("orders:v2", "für", "a_b-c=3A");

        assertThat(key).isEqualTo("orders=3Av2.f=C3=BCr.a_b-c=3D3A");
        assertThat(new GroupMember(key, "one", PARTITIONS, TIMEOUT).beat(store)).isNotNull();
    }

    /** What was to go to a member that has left is worked on again: it must not go to the next one that comes. */
    @Test
    void whenAPartitionIsReleasedThatIsToStayMeanwhile_thenItIsNotGivenToWhoComesNext() throws Exception {
        Word before = Objects.requireNonNull(one.beat(store));
        assertThat(before.leaving()).hasSize(PARTITIONS / 2);
        other.leave(store);
        one.beat(store);

        before.leaving().forEach(partition -> one.released(partition, before));
        member("next").beat(store);

        Word now = Objects.requireNonNull(one.beat(store));
        assertThat(now.owned()).hasSize(PARTITIONS);
        now.leaving().forEach(partition -> one.released(partition, now));
        assertThat(Objects.requireNonNull(one.beat(store)).owned()).hasSize(PARTITIONS / 2);
    }

    /** Any replica of the store may be asked, and one may not have yet what was written before. */
    @Test
    void whenAValueOfBeforeItHasJoinedIsRead_thenAMemberIsNotTakenForDead() throws Exception {
        KeyValueEntry old = store.get("group");
        GroupMember next = member("next");
        next.beat(store);
        AtomicInteger stale = new AtomicInteger(3);
        KeyValue replica = changing("get", call -> stale.getAndDecrement() > 0 ? old : call.call());

        assertThat(next.beat(replica)).isNotNull();
        assertThat(stale).as("left").hasNegativeValue();
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
        return changing(method, call -> {
            if (late) {
                call.call();
            }
            throw new IOException("No answer");
        });
    }

    private interface Change {
        Object instead(Callable<?> call) throws Exception;
    }

    /** The store, of which a method does something else. */
    private KeyValue changing(String method, Change change) {
        return (KeyValue) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { KeyValue.class },
                (proxy, called, arguments) -> {
                    Callable<?> call = () -> call(called, arguments);
                    return called.getName().equals(method) ? change.instead(call) : call.call();
                });
    }

    private Object call(Method method, Object[] arguments) throws Exception {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
        }
    }
}
