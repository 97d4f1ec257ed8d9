package io.eventlane.jetstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.eventlane.EventlaneException;
import io.eventlane.Position;
import io.eventlane.channel.DeadLetterReplay;
import io.eventlane.spi.Outbound;
import io.eventlane.spi.OutboundRecord;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;

/**
 * Reads the dead letters of a channel with a durable consumer of its own, whose acknowledgements say how far it has come, and
 * sends them on. Letters are sent in rounds: a round is acknowledged before the next one begins, and has no two letters of a
 * key, so that a letter which fails is never overtaken by a later one of its key.
 */
final class JetStreamDeadLetterReplay implements DeadLetterReplay {

    private static final int MOST_LETTERS = 500;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration MAX_SILENCE = Duration.ofSeconds(60);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** A letter of the round, and when its way is known to have been taken. */
    private record Sent(JetStreamInboundRecord letter, Message message, Way way, @Nullable CompletionStage<Position> answer) {
    }

    private final Link link;
    private final Streams streams;
    private final SourceTopic letters;
    private final ConsumerSubjects subjects;
    private final String durable;
    private final Replays replays;
    private final Function<String, Outbound> outbounds;

    /**
     * @param letters the dead-letter topic
     * @param group of the channel
     * @param replays of the application
     * @param outbounds opens a topic for the time of a replay
     */
    JetStreamDeadLetterReplay(Link link, Streams streams, SourceTopic letters, String group, Replays replays,
            Function<String, Outbound> outbounds) {
        this.link = link;
        this.streams = streams;
        this.letters = letters;
        this.subjects = ConsumerSubjects.ofTopic(letters.name());
        this.durable = letters.durable(group) + "-replay";
        this.replays = replays;
        this.outbounds = outbounds;
    }

    @Override
    public void run(Sorter sorter, BooleanSupplier stop) throws InterruptedException {
        ReentrantLock alone = replays.of(letters.stream(), durable);
        while (!alone.tryLock(POLL.toNanos(), TimeUnit.NANOSECONDS)) {
            if (stop.getAsBoolean()) {
                throw stopped();
            }
        }
        try {
            runAlone(sorter, stop);
        } finally {
            alone.unlock();
        }
    }

    private void runAlone(Sorter sorter, BooleanSupplier stop) throws InterruptedException {
        Map<String, Outbound> open = new HashMap<>();
        Function<String, Outbound> opening = topic -> replays.add(outbounds.apply(topic));
        try {
            streams.ensure(letters.name()).toCompletableFuture().join();
            Connection connection = link.connection();
            if (connection == null) {
                throw new IllegalStateException("there is no connection to NATS yet");
            }
            new Run(connection, sorter, stop, topic -> open.computeIfAbsent(topic, opening)).all();
        } catch (CompletionException | IOException | JetStreamApiException | IllegalStateException e) {
            throw new EventlaneException("topic %s cannot be read: %s".formatted(letters.name(), e.getMessage()), e);
        } finally {
            open.values().forEach(outbound -> outbound.close(CLOSE_TIMEOUT));
        }
    }

    private static EventlaneException stopped() {
        return new EventlaneException("the application stops");
    }

    /** One way through the letters that are there when it begins. */
    private final class Run {

        private final Connection connection;
        private final Sorter sorter;
        private final BooleanSupplier stop;
        private final Function<String, Outbound> outbound;
        private final MessageReader reader = new MessageReader(letters.name());
        private final List<Sent> round = new ArrayList<>();
        private final Set<ByteBuffer> keys = new HashSet<>();

        Run(Connection connection, Sorter sorter, BooleanSupplier stop, Function<String, Outbound> outbound) {
            this.connection = connection;
            this.sorter = sorter;
            this.stop = stop;
            this.outbound = outbound;
        }

        void all() throws IOException, JetStreamApiException, InterruptedException {
            JetStreamManagement management = connection.jetStreamManagement(link.jetStream());
            String filter = subjects.filter(management.getStreamInfo(letters.stream()).getConfiguration());
            ConsumerInfo consumer = goOn(management, filter);
            long newest = management.getStreamInfo(letters.stream()).getStreamState().getLastSequence();
            JetStreamSubscription subscription = connection.jetStream(link.jetStream()).subscribe(null,
                    PullSubscribeOptions.bind(letters.stream(), durable));
            try {
                read(subscription, newest, consumer.getNumPending());
            } finally {
                end(subscription);
            }
        }

        private static void end(JetStreamSubscription subscription) {
            try {
                subscription.unsubscribe();
            } catch (IllegalStateException closed) {
                // With the connection, which is not what the replay ended for.
            }
        }

        /**
         * A consumer that begins at the first letter that no earlier run has acknowledged, with nothing pending. It is made
         * anew, and while it is not there another one keeps the place, in case that this process ends in between.
         */
        private ConsumerInfo goOn(JetStreamManagement management, @Nullable String filter)
                throws IOException, JetStreamApiException {
            String place = durable + "-place";
            long from = 1 + acknowledged(management, place);
            if (acknowledgedTo(management, place) != from - 1) {
                delete(management, place);
                create(management, place, filter, from);
            }
            delete(management, durable);
            ConsumerInfo consumer = create(management, durable, filter, from);
            delete(management, place);
            return consumer;
        }

        /** Another process may just have made the consumer anew: it was not there yet, and the place is not there any more. */
        private long acknowledged(JetStreamManagement management, String place) throws IOException, JetStreamApiException {
            long before = Math.max(acknowledgedTo(management, durable), acknowledgedTo(management, place));
            return Math.max(before, acknowledgedTo(management, durable));
        }

        private long acknowledgedTo(JetStreamManagement management, String name) throws IOException, JetStreamApiException {
            try {
                ConsumerInfo consumer = management.getConsumerInfo(letters.stream(), name);
                // Servers tell 0 as long as nothing was acknowledged, wherever it begins.
                return Math.max(consumer.getAckFloor().getStreamSequence(),
                        consumer.getConsumerConfiguration().getStartSequence() - 1);
            } catch (JetStreamApiException e) {
                return requireMissing(e);
            }
        }

        private void delete(JetStreamManagement management, String name) throws IOException, JetStreamApiException {
            try {
                management.deleteConsumer(letters.stream(), name);
            } catch (JetStreamApiException e) {
                requireMissing(e);
            }
        }

        private static long requireMissing(JetStreamApiException e) throws JetStreamApiException {
            if (e.getApiErrorCode() != ConsumerApi.CONSUMER_NOT_FOUND) {
                throw e;
            }
            return 0;
        }

        private ConsumerInfo create(JetStreamManagement management, String name, @Nullable String filter, long from)
                throws IOException, JetStreamApiException {
            return management.addOrUpdateConsumer(letters.stream(),
                    ConsumerConfiguration.builder().durable(name).description("Replays dead letters (Eventlane)")
                            .ackPolicy(AckPolicy.Explicit).filterSubject(filter)
                            .deliverPolicy(DeliverPolicy.ByStartSequence).startSequence(from).build());
        }

        private void read(JetStreamSubscription subscription, long newest, long pending) throws InterruptedException {
            long left = pending;
            long done = 0;
            long lastNews = System.nanoTime();
            while (left > 0) {
                requireGoingOn();
                long last = 0;
                List<Message> some = subscription.fetch((int) Math.min(MOST_LETTERS, left), POLL);
                for (Message message : some) {
                    requireGoingOn();
                    JetStreamInboundRecord letter = new JetStreamInboundRecord(ReceivedMessage.of(message), letters.stream(),
                            reader);
                    if (letter.sequence() <= done) {
                        // It comes again, because its round took long.
                        message.ack();
                        continue;
                    }
                    left--;
                    if (letter.sequence() > newest) {
                        left = 0;
                        break;
                    }
                    last = letter.sequence();
                    if (subjects.take(letter.message().subject())) {
                        take(letter, message);
                    } else {
                        message.ack();
                    }
                }
                end();
                done = Math.max(done, last);
                if (!some.isEmpty()) {
                    lastNews = System.nanoTime();
                } else if (System.nanoTime() - lastNews > MAX_SILENCE.toNanos()) {
                    throw new EventlaneException("no letter came within " + MAX_SILENCE, null);
                }
            }
        }

        private void requireGoingOn() throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (stop.getAsBoolean()) {
                end();
                throw stopped();
            }
        }

        private void take(JetStreamInboundRecord letter, Message message) throws InterruptedException {
            byte[] key = letter.key();
            if (round.size() == MOST_LETTERS || key != null && keys.contains(ByteBuffer.wrap(key))) {
                end();
            }
            Way way = sorter.sort(letter);
            round.add(new Sent(letter, message, way, switch (way) {
                case Way.Pass() -> null;
                case Way.Stay() -> send(letter, way, letters.name(), headers(letter));
                case Way.To(String topic, int partition, List<Map.Entry<String, byte[]>> headers) ->
                    send(letter, way, topic, headers);
            }));
            if (key != null) {
                keys.add(ByteBuffer.wrap(key));
            }
        }

        private CompletionStage<Position> send(JetStreamInboundRecord letter, Way way, String topic,
                List<Map.Entry<String, byte[]>> headers) {
            sorter.sending(letter, way);
            try {
                // An id of its own: the stream may still know that of the event, and would drop it.
                return outbound.apply(topic).send(new OutboundRecord("replay/" + letter.position(), letter.key(),
                        letter.payload(), headers));
            } catch (RuntimeException e) {
                return CompletableFuture.failedStage(e);
            }
        }

        /** Waits for all answers, and acknowledges what is on its way up to the first letter that is not. */
        private void end() throws InterruptedException {
            long until = System.nanoTime() + MAX_SILENCE.toNanos();
            List<Sent> ending = List.copyOf(round);
            round.clear();
            keys.clear();
            EventlaneException failure = null;
            for (Sent sent : ending) {
                try {
                    await(sent, until - System.nanoTime());
                    if (failure == null) {
                        sent.message().ack();
                    }
                } catch (EventlaneException e) {
                    failure = failure == null ? e : failure;
                }
            }
            if (failure != null) {
                throw failure;
            }
        }

        private void await(Sent sent, long nanos) throws InterruptedException {
            CompletionStage<Position> answer = sent.answer();
            if (answer == null) {
                return;
            }
            try {
                Position at = answer.toCompletableFuture().get(nanos, TimeUnit.NANOSECONDS);
                sorter.sent(sent.letter(), sent.way(), at);
            } catch (ExecutionException e) {
                throw unacknowledged(sent, e.getCause() == null ? e : e.getCause());
            } catch (TimeoutException e) {
                throw unacknowledged(sent, e);
            }
        }

        private EventlaneException unacknowledged(Sent sent, Throwable cause) {
            sorter.sent(sent.letter(), sent.way(), null);
            return new EventlaneException("the letter at %s was not acknowledged: %s".formatted(sent.letter().position(),
                    cause instanceof TimeoutException ? "nobody answered within " + MAX_SILENCE : cause), cause);
        }
    }

    private static List<Map.Entry<String, byte[]>> headers(JetStreamInboundRecord letter) {
        List<Map.Entry<String, byte[]>> headers = new ArrayList<>();
        letter.forEachHeader((name, value) -> headers.add(new SimpleImmutableEntry<>(name, value)));
        return headers;
    }
}
