package io.eventlane.jetstream;

import java.io.IOException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.eventlane.EventlaneException;
import io.eventlane.jetstream.ServerAbilities.Ability;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.PriorityPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamInfoOptions;

/**
 * What a source asks of the server beside messages. Each question is asked on a virtual thread of its own, since the client
 * blocks until the answer is there; there are few of them.
 */
final class ConsumerApi {

    static final int STREAM_NOT_FOUND = 10059;
    static final int CONSUMER_NOT_FOUND = 10014;
    /** How many sequences are looked at whether the stream still has them, at once. */
    private static final int MOST_GONE = 200_000;

    /**
     * A consumer that exists.
     *
     * @param stream as it was then
     * @param existed whether it was there before it was asked for
     */
    record Opened(ConsumerInfo consumer, StreamInfo stream, boolean existed) {

        /** Servers of 2.9 and 2.10 say after a restart that a consumer was created some 200 µs later than they said before. */
        private static final Duration SAME = Duration.ofSeconds(1);

        /** Whether what the server says now is of this consumer, and not of one that took its place. */
        boolean isSame(ConsumerInfo now) {
            return Duration.between(consumer.getCreationTime(), now.getCreationTime()).abs().compareTo(SAME) < 0;
        }

        /** Whether it was created to go on at a sequence that is not after another one, whoever did that. */
        boolean beginsNoLaterThan(long sequence) {
            ConsumerConfiguration configuration = consumer.getConsumerConfiguration();
            return configuration.getDeliverPolicy() == DeliverPolicy.ByStartSequence
                    && configuration.getStartSequence() <= sequence;
        }

        /** Up to which stream sequence all is acknowledged that was delivered. */
        static long floor(ConsumerInfo now) {
            long floor = now.getAckFloor().getStreamSequence();
            // Servers of 2.9 and 2.10 tell 0 as long as nothing was acknowledged, wherever the consumer begins.
            return now.getNumAckPending() == 0 ? Math.max(floor, now.getDelivered().getStreamSequence()) : floor;
        }

        ZonedDateTime streamCreated() {
            return stream.getCreateTime();
        }

        /** Whether what is acknowledged here is gone for all others too. */
        boolean takesFromOthers() {
            return stream.getConfiguration().getRetentionPolicy() == RetentionPolicy.WorkQueue;
        }

        /** Whether the server gives messages to one client alone. */
        boolean isPinned() {
            return consumer.getConsumerConfiguration().getPriorityPolicy() == PriorityPolicy.PinnedClient;
        }
    }

    /**
     * Where a consumer was.
     *
     * @param sequence the first one that is not done
     * @param streamCreated when the stream was created that has it
     */
    record Place(long sequence, ZonedDateTime streamCreated) {

        /** In a stream that was created anew, the sequences are those of other messages: {@code null}. */
        private @Nullable Long on(StreamInfo stream) {
            return streamCreated.equals(stream.getCreateTime()) ? sequence : null;
        }
    }

    private final Link link;

    ConsumerApi(Link link) {
        this.link = link;
    }

    /**
     * Creates the consumer where there is none, and changes what may be changed of one that differs.
     *
     * @param place where a consumer begins that is not there any more; {@code null} for what its settings say
     * @param exclusive whether this process alone is to consume: a server that is able to keeps all others out
     */
    CompletionStage<Opened> open(ConsumerPlan plan, @Nullable Place place, boolean exclusive) {
        return ask(management -> {
            ServerAbilities server = ServerAbilities.of(Objects.requireNonNull(link.connection()));
            boolean pinned = exclusive && server.has(Ability.PRIORITY_GROUPS);
            StreamInfo stream = management.getStreamInfo(plan.stream());
            String filter = plan.subjects().filter(stream.getConfiguration());
            ConsumerInfo existing = find(management, plan);
            if (existing == null) {
                Long from = place == null ? null : place.on(stream);
                ConsumerInfo made = management.addOrUpdateConsumer(plan.stream(), plan.configuration(filter, from, pinned));
                if (from != null) {
                    checkIsIn(stream, management, plan);
                }
                return new Opened(made, stream, false);
            }
            return new Opened(asPlanned(management, plan, existing, plan.configuration(filter, null, pinned)),
                    stream, true);
        });
    }

    /** The stream may have been created anew after it was asked for: then the place is one among other messages. */
    private static void checkIsIn(StreamInfo stream, JetStreamManagement management, ConsumerPlan plan)
            throws IOException, JetStreamApiException {
        if (!management.getStreamInfo(plan.stream()).getCreateTime().equals(stream.getCreateTime())) {
            management.deleteConsumer(plan.stream(), plan.durable());
            throw new EventlaneException("the stream " + plan.stream() + " was created anew meanwhile");
        }
    }

    private static @Nullable ConsumerInfo find(JetStreamManagement management, ConsumerPlan plan)
            throws IOException, JetStreamApiException {
        try {
            return management.getConsumerInfo(plan.stream(), plan.durable());
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == CONSUMER_NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private static ConsumerInfo asPlanned(JetStreamManagement management, ConsumerPlan plan, ConsumerInfo existing,
            ConsumerConfiguration wanted) throws IOException, JetStreamApiException {
        ConsumerConfiguration there = existing.getConsumerConfiguration();
        List<String> differences = ConsumerDifferences.between(there, wanted);
        if (differences.isEmpty()) {
            return existing;
        }
        // Where it begins is settled when it is created.
        ConsumerConfiguration changed = ConsumerConfiguration.builder(wanted)
                .deliverPolicy(there.getDeliverPolicy()).startSequence(Math.max(there.getStartSequence(), 0))
                .startTime(there.getStartTime()).build();
        try {
            return management.addOrUpdateConsumer(plan.stream(), changed);
        } catch (JetStreamApiException e) {
            throw new EventlaneException(
                    ("%s is not as configured, and the server does not let it be changed: %s (%s). Change the"
                            + " configuration, or delete the consumer, which forgets what was handled").formatted(plan,
                                    String.join(", ", differences), e.getMessage()),
                    e);
        }
    }

    /** How the consumer is doing. */
    CompletionStage<ConsumerInfo> info(ConsumerPlan plan) {
        return ask(management -> management.getConsumerInfo(plan.stream(), plan.durable()));
    }

    /** As the other, after the server was told to forget which client it gives messages to. */
    CompletionStage<ConsumerInfo> infoAfterUnpinning(ConsumerPlan plan) {
        return ask(management -> {
            management.unpinConsumer(plan.stream(), plan.durable(), Pulls.GROUP);
            return management.getConsumerInfo(plan.stream(), plan.durable());
        });
    }

    /** The sequences that the stream does not have any more, up to one; not all of them where there are very many. */
    CompletionStage<List<Long>> gone(ConsumerPlan plan, long from, long to) {
        return ask(management -> {
            StreamInfo info = management.getStreamInfo(plan.stream(), StreamInfoOptions.deletedDetails());
            long first = info.getStreamState().getFirstSequence();
            List<Long> gone = new ArrayList<>();
            for (long sequence = from; sequence <= Math.min(to, from + MOST_GONE) && sequence < first; sequence++) {
                gone.add(sequence);
            }
            info.getStreamState().getDeleted().stream().filter(sequence -> sequence >= from && sequence <= to)
                    .forEach(gone::add);
            return gone;
        });
    }

    private interface Question<T> {

        T ask(JetStreamManagement management) throws Exception;
    }

    private <T> CompletionStage<T> ask(Question<T> question) {
        return onThread(() -> question.ask(Objects.requireNonNull(link.connection(), "not connected yet")
                .jetStreamManagement(link.jetStream())));
    }

    private static <T> CompletionStage<T> onThread(Callable<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("eventlane-jetstream-api").start(() -> {
            try {
                answer.complete(work.call());
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }
}
