package io.eventlane.jetstream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.nats.client.api.StreamInfoOptions;

/** All that was written to the store about the group of a topic, and which instance has started what. */
final class GroupHistory {

    /** How much later than its writer this may hear of a value, on a machine that has much else to do. */
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);

    /**
     * @param at when it was heard of, as {@link System#nanoTime()}
     */
    record Value(long at, Group group) {
    }

    private record Start(long at, String key, String member) {
    }

    private final TestNats nats;
    private final String topic;
    private final List<Value> values = new CopyOnWriteArrayList<>();
    private final Queue<Start> starts = new ConcurrentLinkedQueue<>();

    GroupHistory(TestNats nats, String topic) {
        this.nats = nats;
        this.topic = topic;
        nats.connection.createDispatcher(
                change -> values.add(new Value(System.nanoTime(), Group.parse(change.getData()))))
                .subscribe("$KV." + GroupBucket.NAME + '.' + TopicSpec.streamOf(topic) + ".>");
    }

    void started(String key, String member) {
        starts.add(new Start(System.nanoTime(), key, member));
    }

    int size() {
        return values.size();
    }

    List<Group> from(int number) {
        return values.stream().skip(number).map(Value::group).toList();
    }

    Group last() {
        return values.isEmpty() ? Group.EMPTY : values.getLast().group();
    }

    long nanosSinceLast() {
        return System.nanoTime() - values.getLast().at();
    }

    Set<String> members() {
        return last().members().keySet();
    }

    /** Whether so many members have the partitions, each as many as any other or one more, and nothing is on its way. */
    boolean isShared(int members, int partitions) {
        Group group = last();
        return group.members().size() == members && group.partitions().size() == partitions
                && group.members().keySet().stream().allMatch(member -> group.leaving(member).isEmpty()
                        && group.ownedBy(member).size() >= partitions / members);
    }

    /** The starts of handlers by members that did not have the key's partition. */
    List<String> startsByOthers() throws Exception {
        Map<String, Integer> partitions = partitions();
        List<String> wrong = new ArrayList<>();
        for (Start start : starts) {
            Set<String> owners = ownersAt(start.at(), partitions.get(start.key()));
            if (!owners.contains(start.member())) {
                wrong.add("%s was started by %s, and its partition %d was that of %s".formatted(start.key(), start.member(),
                        partitions.get(start.key()), owners));
            }
        }
        return wrong;
    }

    /** One, or two where the partition has just gone from one to the other. */
    private Set<String> ownersAt(long time, int partition) {
        Set<String> owners = new TreeSet<>();
        for (int i = 0; i < values.size(); i++) {
            long from = values.get(i).at() - LATE_NANOS;
            long to = i + 1 == values.size() ? Long.MAX_VALUE : values.get(i + 1).at();
            if (time - from >= 0 && time - to < 0) {
                owners.add(values.get(i).group().partitions().get(partition).owner());
            }
        }
        return owners;
    }

    /** The partition of each key, as the stream has stored it. */
    private Map<String, Integer> partitions() throws Exception {
        Map<String, Integer> all = new HashMap<>();
        nats.management().getStreamInfo(TopicSpec.streamOf(topic), StreamInfoOptions.allSubjects()).getStreamState()
                .getSubjects().forEach(subject -> {
                    String[] tokens = subject.getName().substring(topic.length() + 1).split("\\.");
                    all.put(tokens[1], Integer.valueOf(tokens[0]));
                });
        return all;
    }
}
