package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.Test;

import io.eventlane.brokers.KafkaBroker;
import io.eventlane.brokers.KafkaBrokerOptions;
import io.eventlane.channel.MemberProcess;

/** A process is killed while thousands of records are done above one that is not. Prints how many are handled again. */
class KafkaCrashTest {

    private static final int KEYS = 1000;
    private static final int PER_KEY = 8;
    private static final int RECORDS = KEYS * PER_KEY;

    @Test
    void whenKilled_thenOnlyWhatWasDoneSinceTheLastCommitIsHandledAgain() throws Exception {
        try (KafkaTestBroker broker = KafkaTestBroker.shared()) {
            String topic = topic(broker);
            try (MemberProcess killed = member(broker, topic)) {
                await().until(() -> killed.startCount() == 1 + RECORDS);
                await().until(() -> doneByNote(broker, topic) == RECORDS);
                broker.sendNumbered(topic, 1, PER_KEY, PER_KEY + 100);
                await().until(() -> killed.startCount() > 1 + RECORDS);
                killed.kill();

                int again = handledAgain(broker, topic, killed);
                assertThat(again).as("what was done in half a second, between two commits").isLessThanOrEqualTo(100);
            }
        }
    }

    @Test
    void whenTheBrokerTakesNoNotes_thenEverythingAboveIsHandledAgain() throws Exception {
        try (KafkaBroker process = KafkaBroker
                .start(KafkaBrokerOptions.DEFAULTS.withProperty("offset.metadata.max.bytes", 40));
                KafkaTestBroker broker = new KafkaTestBroker(process)) {
            String topic = topic(broker);
            try (MemberProcess killed = member(broker, topic)) {
                await().until(() -> killed.startCount() == 1 + RECORDS);
                await().until(() -> broker.committed(topic + "-group", topic, 0) == 0);
                killed.kill();

                assertThat(broker.note(topic + "-group", topic, 0)).as("what fits is kept").startsWith("eventlane-1 1 ")
                        .hasSizeLessThan(40);
                assertThat(handledAgain(broker, topic, killed)).isEqualTo(RECORDS);
            }
        }
    }

    private static String topic(KafkaTestBroker broker) throws Exception {
        String topic = broker.topic(1);
        broker.send(topic, "slow", "0").get();
        broker.sendNumbered(topic, KEYS, PER_KEY);
        return topic;
    }

    private static MemberProcess member(KafkaTestBroker broker, String topic) {
        return new MemberProcess(MemberMain.class, broker.servers(), topic, 0, "session.timeout.ms=6000",
                "heartbeat.interval.ms=1000");
    }

    private static long doneByNote(KafkaTestBroker broker, String topic) {
        String note = broker.note(topic + "-group", topic, 0);
        CompletedOffsets completed = note == null ? null : CommitNote.decode(note).completed();
        return completed == null ? 0 : completed.done().cardinality();
    }

    /** Lets another member go on; returns how many records it has started that had been started before. */
    private static int handledAgain(KafkaTestBroker broker, String topic, MemberProcess killed) {
        Set<String> before = new HashSet<>();
        killed.starts().forEach(start -> before.add(start.key() + " " + start.payload()));
        Set<String> after = ConcurrentHashMap.newKeySet();
        try (var running = new TestChannel(broker, topic, (record, delivery) -> after
                .add(KafkaTestBroker.text(record.key()) + " " + KafkaTestBroker.text(record.payload()))).start()) {
            await().until(() -> broker.committed(topic + "-group", topic, 0) == broker.end(topic, 0));
        }
        assertThat(after).as("the record that never ended").contains("slow 0");
        Set<String> all = new HashSet<>(before);
        all.addAll(after);
        assertThat(all).as("nothing is lost").hasSize((int) broker.end(topic, 0));
        after.retainAll(before);
        System.out.printf("Handled again after a crash, with %d records done above an unfinished one: %d%n",
                before.size() - 1, after.size() - 1);
        return after.size() - 1;
    }
}
