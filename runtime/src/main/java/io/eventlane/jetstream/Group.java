package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Which instances share the partitions of a topic, and who has which: the one value in the key-value store by which they
 * agree. Immutable. Whoever changes it writes it with the revision that was read, so that all see one and the same order of
 * changes.
 * <p>
 * It is text, one line for each member and partition, for a person to read. A line of another kind is passed over.
 *
 * <pre>
 *   member k3v9 17 10000 host-a/4711
 *   member x0q2 4 10000 host-b/99
 *   partition 0 k3v9 -
 *   partition 1 k3v9 x0q2
 * </pre>
 *
 * @param members in the order in which they came
 */
record Group(Map<String, Member> members, SortedMap<Integer, Holding> partitions) {

    static final Group EMPTY = new Group(Map.of(), new TreeMap<>());

    /**
     * An instance.
     *
     * @param beat grows each time that the member says it is there
     * @param timeout how long others wait for it to grow, before they take the member for dead
     * @param where the process, for a person to find it
     */
    record Member(String id, long beat, Duration timeout, String where) {

        Member next() {
            return new Member(id, beat + 1, timeout, where);
        }
    }

    /**
     * Who has a partition.
     *
     * @param owner {@code null} while nobody has
     * @param next to whom the owner is to give it; {@code null} where it is to keep it
     */
    record Holding(@Nullable String owner, @Nullable String next) {

        static final Holding NOBODY = new Holding(null, null);
    }

    // Changes

    /** With a member that is there, newly or still. */
    Group with(Member member) {
        Map<String, Member> all = new LinkedHashMap<>(members);
        all.put(member.id(), member);
        return new Group(all, partitions);
    }

    /** Without members that have left or are dead; what they had, nobody has. */
    Group without(Predicate<Member> gone) {
        Map<String, Member> all = new LinkedHashMap<>(members);
        all.values().removeIf(gone);
        SortedMap<Integer, Holding> held = new TreeMap<>(partitions);
        held.replaceAll((partition, holding) -> holding.owner() != null && all.containsKey(holding.owner())
                ? new Holding(holding.owner(), all.containsKey(holding.next()) ? holding.next() : null)
                : new Holding(null, null));
        return new Group(all, held);
    }

    /** Partitions that an owner has let go of go to whom they are for; one that is for nobody any more stays with it. */
    Group released(String member, Collection<Integer> released) {
        SortedMap<Integer, Holding> held = new TreeMap<>(partitions);
        held.replaceAll((partition, holding) -> released.contains(partition) && member.equals(holding.owner())
                && holding.next() != null ? new Holding(holding.next(), null)
                        : holding);
        return new Group(members, held);
    }

    /**
     * With each partition held by somebody, and each member having as many as any other, or one more. What a member has
     * moves only as far as that takes, and not before the member lets go of it.
     *
     * @param count how many partitions there are
     */
    Group balanced(int count) {
        SortedMap<Integer, Holding> held = new TreeMap<>();
        for (int partition = 0; partition < count; partition++) {
            held.put(partition, partitions.getOrDefault(partition, Holding.NOBODY));
        }
        if (members.isEmpty()) {
            return new Group(members, held);
        }
        Map<String, Integer> load = load(held);
        held.replaceAll((partition, holding) -> holding.owner() == null ? new Holding(take(load), null) : holding);
        for (Integer partition : held.keySet().toArray(Integer[]::new)) {
            move(held, partition, load);
        }
        return new Group(members, held);
    }

    /** How many partitions each member has, once all that is on its way has arrived. */
    private Map<String, Integer> load(SortedMap<Integer, Holding> held) {
        Map<String, Integer> load = new LinkedHashMap<>();
        members.keySet().forEach(member -> load.put(member, 0));
        held.values().forEach(holding -> {
            String holder = holding.next() != null ? holding.next() : holding.owner();
            if (holder != null) {
                load.merge(holder, 1, Integer::sum);
            }
        });
        return load;
    }

    private static String least(Map<String, Integer> load) {
        return load.entrySet().stream().min(Comparator.comparingInt(Map.Entry::getValue)).orElseThrow().getKey();
    }

    private static String take(Map<String, Integer> load) {
        String member = least(load);
        load.merge(member, 1, Integer::sum);
        return member;
    }

    private static void move(SortedMap<Integer, Holding> held, int partition, Map<String, Integer> load) {
        Holding holding = Objects.requireNonNull(held.get(partition));
        String owner = Objects.requireNonNull(holding.owner());
        if (holding.next() != null) {
            return;
        }
        String least = least(load);
        if (Objects.requireNonNull(load.get(owner)) - Objects.requireNonNull(load.get(least)) > 1) {
            load.merge(owner, -1, Integer::sum);
            load.merge(least, 1, Integer::sum);
            held.put(partition, new Holding(owner, least));
        }
    }

    // Questions

    /** The partitions that a member has, those included that it is to give away. */
    List<Integer> ownedBy(String member) {
        return partitions.entrySet().stream().filter(entry -> member.equals(entry.getValue().owner())).map(Map.Entry::getKey)
                .toList();
    }

    /** The partitions that a member has and is to give away. */
    List<Integer> leaving(String member) {
        return ownedBy(member).stream().filter(partition -> Objects.requireNonNull(partitions.get(partition)).next() != null)
                .toList();
    }

    // Text

    byte[] toBytes() {
        StringBuilder text = new StringBuilder();
        members.values().forEach(member -> text.append("member ").append(member.id()).append(' ').append(member.beat())
                .append(' ').append(member.timeout().toMillis()).append(' ').append(member.where()).append('\n'));
        partitions.forEach((partition, holding) -> text.append("partition ").append(partition).append(' ')
                .append(orDash(holding.owner())).append(' ').append(orDash(holding.next())).append('\n'));
        return text.toString().getBytes(UTF_8);
    }

    /**
     * @throws IllegalArgumentException when a line of a known kind cannot be read
     */
    static Group parse(byte[] bytes) {
        Map<String, Member> members = new LinkedHashMap<>();
        SortedMap<Integer, Holding> partitions = new TreeMap<>();
        for (String line : new String(bytes, UTF_8).lines().toList()) {
            List<String> words = new ArrayList<>(List.of(line.strip().split(" ")));
            switch (words.getFirst()) {
                case "member" -> members.put(words.get(1), new Member(words.get(1), Long.parseLong(words.get(2)),
                        Duration.ofMillis(Long.parseLong(words.get(3))), words.get(4)));
                case "partition" -> partitions.put(Integer.valueOf(words.get(1)),
                        new Holding(orNull(words.get(2)), orNull(words.get(3))));
                default -> {
                    // Of a later version.
                }
            }
        }
        return new Group(members, partitions);
    }

    private static String orDash(@Nullable String member) {
        return member == null ? "-" : member;
    }

    private static @Nullable String orNull(String word) {
        return word.equals("-") ? null : word;
    }
}
