package io.eventlane.jetstream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.eventlane.jetstream.GroupMember.Word;
import io.eventlane.spi.ChannelStatus.Severity;
import io.eventlane.spi.ChannelStatus.Trouble;

/**
 * What this process consumes of one topic: all of it, together with others, where no order is asked for; otherwise the
 * partitions that the topic's group has given it. For the source's thread.
 */
final class TopicIntakes {

    private final SourceTopic topic;
    private final ConsumerSettings settings;
    private final SourceContext source;
    private final Map<Integer, Intake> intakes = new TreeMap<>();
    private final @Nullable Membership membership;
    private final Assignment assignment = new Assignment();
    private boolean closing;

    private TopicIntakes(SourceTopic topic, ConsumerSettings settings, SourceContext source, @Nullable Membership membership) {
        this.topic = topic;
        this.settings = settings;
        this.source = source;
        this.membership = membership;
    }

    /** All of the topic, by one consumer that all instances share. */
    static TopicIntakes whole(SourceTopic topic, ConsumerSettings settings, SourceContext source) {
        TopicIntakes whole = new TopicIntakes(topic, settings, source, null);
        whole.intakes.put(0, new Intake(ConsumerPlan.of(topic, 1, 0, settings), source));
        return whole;
    }

    /** The partitions that this instance is given. */
    static TopicIntakes shared(SourceTopic topic, ConsumerSettings settings, SourceContext source, GroupKeeper groups,
            String instance, LeaseOfGroups lease) {
        String key = GroupBucket.key(topic.stream(), ConsumerPlan.consumerName(topic.name()),
                ConsumerPlan.consumerName(settings.group()));
        GroupMember member = new GroupMember(key, instance, topic.partitions(), settings.sessionTimeout());
        Membership membership = new Membership(member, groups, lease);
        TopicIntakes shared = new TopicIntakes(topic, settings, source, membership);
        groups.add(member, topic, membership.listener(shared, source.mailbox()));
        lease.needs(key);
        return shared;
    }

    Collection<Intake> intakes() {
        return intakes.values();
    }

    SourceTopic topic() {
        return topic;
    }

    // The group

    private void lost() {
        assignment.lost();
        intakes.values().forEach(Intake::lose);
    }

    /**
     * Begins and ends intakes so that they are those which the group says, and tells the group which have ended; leaves it when
     * that was the last turn.
     */
    void settle() {
        if (membership == null) {
            return;
        }
        intakes.forEach((partition, intake) -> {
            if (!assignment.kept().contains(partition)) {
                intake.close(System.nanoTime() + source.revokeTimeout().toNanos());
            }
        });
        intakes.values().removeIf(Intake::isClosed);
        List<Integer> released = assignment.takeReleased(intakes.keySet());
        if (!released.isEmpty()) {
            membership.released(released);
        }
        if (!closing) {
            assignment.kept().forEach(partition -> intakes.computeIfAbsent(partition,
                    missing -> new Intake(ConsumerPlan.of(topic, topic.partitions(), missing, settings), source)));
        } else if (intakes.isEmpty()) {
            membership.leave();
        }
    }

    // The end

    /**
     * @param until as {@link System#nanoTime()}
     */
    void close(long until) {
        closing = true;
        assignment.end();
        intakes.values().forEach(intake -> intake.close(until));
    }

    boolean isClosed() {
        return closing && intakes.values().stream().allMatch(Intake::isClosed);
    }

    // What can be said of it

    /** How many instances share the topic, as far as is known; 0 where that is of no interest. */
    int members() {
        return membership == null ? 0 : membership.members();
    }

    List<Trouble> troubles(long now) {
        List<Trouble> troubles = new ArrayList<>();
        if (membership != null) {
            membership.addTroubles(troubles, now);
        }
        intakes.values().stream().map(Intake::trouble).filter(Objects::nonNull).forEach(troubles::add);
        return troubles;
    }

    /** This instance in the topic's group. */
    private static final class Membership {

        private final GroupMember member;
        private final GroupKeeper groups;
        private final LeaseOfGroups lease;
        private @Nullable Word word;
        private @Nullable Trouble trouble = new Trouble(Severity.NOT_STARTED, "has not joined its group yet", Instant.now());

        Membership(GroupMember member, GroupKeeper groups, LeaseOfGroups lease) {
            this.member = member;
            this.groups = groups;
            this.lease = lease;
        }

        void released(Collection<Integer> partitions) {
            Word by = Objects.requireNonNull(word);
            partitions.forEach(partition -> member.released(partition, by));
            groups.hurry(member);
        }

        /** Others need not wait for what else the application has to end. */
        void leave() {
            groups.leave(member);
        }

        int members() {
            return word == null ? 0 : word.members();
        }

        void addTroubles(List<Trouble> troubles, long now) {
            Trouble own = trouble;
            if (own != null && (own.severity() == Severity.NOT_STARTED || !lease.isHeld(now))) {
                troubles.add(own);
            }
        }

        GroupKeeper.Listener listener(TopicIntakes topic, Mailbox mailbox) {
            return new GroupKeeper.Listener() {
                @Override
                public void told(Word word) {
                    mailbox.post(() -> {
                        lease.renew(member.key(), word.until());
                        Membership.this.word = word;
                        trouble = null;
                        topic.assignment.told(word);
                    });
                }

                @Override
                public void lost() {
                    mailbox.post(() -> {
                        lease.end(member.key());
                        topic.lost();
                    });
                }

                @Override
                public void failed(Throwable failure) {
                    mailbox.post(() -> {
                        Trouble before = trouble;
                        trouble = new Trouble(before == null ? Severity.NOT_READY : before.severity(),
                                "this instance cannot tell its group '%s' that it is there, and no handler starts once its time is over: %s"
                                        .formatted(member.key(), failure),
                                before == null ? Instant.now() : before.since());
                    });
                }
            };
        }
    }
}
