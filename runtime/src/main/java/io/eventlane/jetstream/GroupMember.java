package io.eventlane.jetstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueEntry;

/**
 * This instance as a member of the group that shares a topic's partitions. For one thread, that of the
 * {@link GroupKeeper}, unless it says otherwise.
 * <p>
 * <em>Why no two members have one partition.</em> A member has a partition from when it has read that it does. Another one
 * takes it over when it has not seen the member's beat grow for the time-out, by its own clock, counted from when it first
 * saw the last beat. That is later than the member sent it. The member itself lets no handler start once the time-out has
 * passed since it sent the last beat that was accepted, by its own clock: so it has stopped before the other begins. The
 * margin makes up for clocks that do not go equally fast.
 */
final class GroupMember {

    /** What the member has to know after a beat. */
    record Word(List<Integer> owned, List<Integer> leaving, long until, int members) {
    }

    private record Seen(long beat, long at) {
    }

    /**
     * What stands in the store.
     *
     * @param revision what whoever changes it has to name, so that nobody writes over what others have written meanwhile
     */
    private record Stored(Group group, long revision) {

        static final Stored NOTHING = new Stored(Group.EMPTY, 0);

        static Stored of(KeyValueEntry entry) {
            byte[] value = entry.getValue();
            return new Stored(value == null ? Group.EMPTY : Group.parse(value), entry.getRevision());
        }
    }

    /** Somebody else has written meanwhile, or is about to, where the store has replicas. */
    private static final Set<Integer> WRONG_LAST_SEQUENCE = Set.of(10071, 10164);
    private static final int ATTEMPTS = 10;
    private static final Duration PAUSE = Duration.ofMillis(10);
    /** A twentieth. */
    private static final int MARGIN = 20;

    private final String key;
    private final int partitions;
    /** What is not worked on here any more, and the word by which it was to be left. */
    private final Map<Integer, Word> released = new ConcurrentHashMap<>();
    private final Map<String, Seen> others = new HashMap<>();
    private volatile Group.Member self;
    private boolean joined;
    /** Of the value that this member has written last. */
    private long revision;
    /** When the last beat was sent that is known to be written. */
    private long beatenAt = System.nanoTime();
    private volatile @Nullable Word word;

    /**
     * @param key of the group's value in the store
     * @param partitions how many there are to share
     * @param timeout how long this member may be silent
     */
    GroupMember(String key, String id, int partitions, Duration timeout) {
        this.key = key;
        this.partitions = partitions;
        this.self = new Group.Member(id, 0, timeout, where());
    }

    private static String where() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName().replaceAll("\\s", "");
        } catch (UnknownHostException e) {
            host = "?";
        }
        return host + '/' + ProcessHandle.current().pid();
    }

    String key() {
        return key;
    }

    String id() {
        return self.id();
    }

    Duration timeout() {
        return self.timeout();
    }

    /**
     * Any thread: a partition is not worked on here any more.
     *
     * @param word by which it was to be left. After another one it may be worked on again, so then this counts for nothing
     */
    void released(int partition, Word word) {
        released.put(partition, word);
    }

    /**
     * Tells the others that this member is there, and takes over what those had that are not.
     *
     * @return {@code null} when the others have taken this member for dead: then what it had is lost, and the next beat
     *         joins the group anew
     * @throws IOException when the store does not answer
     * @throws JetStreamApiException when it refuses
     */
    @Nullable
    Word beat(KeyValue store) throws IOException, JetStreamApiException {
        for (int attempt = 1;; attempt++) {
            Stored there = readCurrent(store);
            Group group = there.group();
            if (joined && !group.members().containsKey(self.id())) {
                joined = false;
                released.clear();
                return null;
            }
            long sentAt = System.nanoTime();
            forgiveSilence(sentAt);
            Group.Member now = self.next();
            // No number is used twice: what is not known to be written may be all the same, and others have counted from it.
            self = now;
            Group next = group.with(now).without(member -> isDead(member, sentAt))
                    .released(self.id(), releasedByWord()).balanced(partitions);
            if (write(store, there, next, attempt)) {
                joined = true;
                beatenAt = sentAt;
                Word said = new Word(next.ownedBy(id()), next.leaving(id()),
                        sentAt + timeout().minus(timeout().dividedBy(MARGIN)).toNanos(), next.members().size());
                released.clear();
                word = said;
                return said;
            }
        }
    }

    private List<Integer> releasedByWord() {
        return released.entrySet().stream().filter(entry -> entry.getValue().equals(word)).map(Map.Entry::getKey).toList();
    }

    /**
     * Who has not got a word into the store itself for a while can not tell that others were silent: it may have been out of
     * reach for all.
     */
    private void forgiveSilence(long now) {
        if (now - beatenAt > timeout().dividedBy(2).toNanos()) {
            others.replaceAll((id, seen) -> new Seen(seen.beat(), now));
        }
    }

    private boolean isDead(Group.Member member, long now) {
        if (member.id().equals(self.id())) {
            return false;
        }
        Seen seen = others.get(member.id());
        if (seen == null || seen.beat() != member.beat()) {
            others.put(member.id(), new Seen(member.beat(), now));
            return false;
        }
        return now - seen.at() > member.timeout().toNanos();
    }

    /**
     * What is no older than what this member has written last: any replica may have answered, also one that lags behind. One
     * that
     * stays so is believed in the end, since somebody may have deleted the group, or made the bucket anew.
     */
    private Stored readCurrent(KeyValue store) throws IOException, JetStreamApiException {
        Stored there = read(store);
        for (int attempt = 1; joined && there.revision() < revision && attempt < ATTEMPTS; attempt++) {
            pause(attempt);
            there = read(store);
        }
        return there;
    }

    /**
     * The group and its revision, both of one answer: with the revision of a later one, what others wrote between the two would
     * be written over.
     */
    private Stored read(KeyValue store) throws IOException, JetStreamApiException {
        KeyValueEntry entry = store.get(key);
        return entry == null ? readWithMarks(store) : Stored.of(entry);
    }

    /** A value that was deleted leaves a mark, whose revision has to be named to write another one. */
    private Stored readWithMarks(KeyValue store) throws IOException, JetStreamApiException {
        try {
            return store.history(key).stream().max(Comparator.comparingLong(KeyValueEntry::getRevision)).map(Stored::of)
                    .orElse(Stored.NOTHING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }

    private boolean write(KeyValue store, Stored before, Group next, int attempt) throws IOException, JetStreamApiException {
        try {
            revision = store.update(key, next.toBytes(), before.revision());
            others.keySet().retainAll(new HashSet<>(next.members().keySet()));
            return true;
        } catch (JetStreamApiException e) {
            if (!WRONG_LAST_SEQUENCE.contains(e.getApiErrorCode()) || attempt == ATTEMPTS) {
                throw e;
            }
            pause(attempt);
            return false;
        }
    }

    /** Others are at it too, or a replica has to catch up: the longer, the more often that was so, and not all as long. */
    private static void pause(int attempt) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(attempt * PAUSE.toNanos()));
    }

    /** Any thread: whether a value of the group says something else of this member than it knows. */
    boolean isNews(byte @Nullable [] value) {
        Word known = word;
        if (known == null || value == null) {
            return true;
        }
        Group group = Group.parse(value);
        return !group.members().containsKey(id()) || !group.ownedBy(id()).equals(known.owned())
                || !group.leaving(id()).equals(known.leaving());
    }

    /**
     * Leaves the group; what this member had, others take at once. It may be in there without knowing, when the answer to its
     * first word was lost.
     */
    void leave(KeyValue store) throws IOException, JetStreamApiException {
        for (int attempt = 1;; attempt++) {
            Stored there = readCurrent(store);
            Group next = there.group().without(member -> member.id().equals(self.id())).balanced(partitions);
            if (!there.group().members().containsKey(self.id()) || write(store, there, next, attempt)) {
                joined = false;
                return;
            }
        }
    }
}
