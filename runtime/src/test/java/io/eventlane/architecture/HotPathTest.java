package io.eventlane.architecture;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The code that runs for every record takes no lock. */
class HotPathTest {

    /** Whole packages, and single classes with everything nested in them. A name that matches nothing fails the test. */
    private static final Set<String> HOT = Set.of(
            "io.eventlane.Envelope",
            "io.eventlane.EventId",
            "io.eventlane.channel.ChannelDispatcher",
            "io.eventlane.channel.ConsumedLog",
            "io.eventlane.channel.KeyFailures",
            "io.eventlane.engine",
            "io.eventlane.jetstream.AckInbox",
            "io.eventlane.jetstream.AckSubject",
            "io.eventlane.jetstream.Acks",
            "io.eventlane.jetstream.AggregateIdPeek",
            "io.eventlane.jetstream.AnswerReader",
            "io.eventlane.jetstream.AttemptHeaders",
            "io.eventlane.jetstream.BytesAsHeaders",
            "io.eventlane.jetstream.Deliveries",
            "io.eventlane.jetstream.EphemeralInboundRecord",
            "io.eventlane.jetstream.EphemeralSource",
            "io.eventlane.jetstream.Fetching",
            "io.eventlane.jetstream.HeaderBlock",
            "io.eventlane.jetstream.HeaderValue",
            "io.eventlane.jetstream.InFlight",
            "io.eventlane.jetstream.Intake",
            "io.eventlane.jetstream.JetStreamInboundRecord",
            "io.eventlane.jetstream.JetStreamOutbound",
            "io.eventlane.jetstream.JetStreamSource",
            "io.eventlane.jetstream.KeyToken",
            "io.eventlane.jetstream.Mailbox",
            "io.eventlane.jetstream.MessageReader",
            "io.eventlane.jetstream.NatsInboundRecord",
            "io.eventlane.jetstream.PayloadCompression",
            "io.eventlane.jetstream.PayloadDecompression",
            "io.eventlane.jetstream.Pulls",
            "io.eventlane.jetstream.ReceivedHeaders",
            "io.eventlane.jetstream.ReceivedMessage",
            "io.eventlane.jetstream.ReplySubjects",
            "io.eventlane.jetstream.SendQueue",
            "io.eventlane.jetstream.Sender",
            "io.eventlane.jetstream.Sending",
            "io.eventlane.jetstream.Session",
            "io.eventlane.jetstream.Streams",
            "io.eventlane.jetstream.Turns",
            "io.eventlane.jetstream.UnreadHeaders",
            "io.eventlane.jetstream.Unwritten",
            "io.eventlane.jetstream.Wake",
            "io.eventlane.jetstream.WireForm",
            "io.eventlane.jetstream.WireHeaders",
            "io.eventlane.jetstream.WireNames",
            "io.eventlane.jetstream.WireSocket",
            "io.eventlane.kafka.AssignedPartition",
            "io.eventlane.kafka.Backlog",
            "io.eventlane.kafka.KafkaInboundRecord",
            "io.eventlane.kafka.KafkaOutbound",
            "io.eventlane.kafka.Sending",
            "io.eventlane.memory.MemoryChannel",
            "io.eventlane.memory.MemoryInboundRecord",
            "io.eventlane.memory.MemoryOutbound",
            "io.eventlane.memory.MemoryTopic",
            "io.eventlane.memory.Stored",
            "io.eventlane.memory.TopicReader",
            "io.eventlane.runtime.ChannelHandlers",
            "io.eventlane.runtime.HandlerInvoker",
            "io.eventlane.runtime.codec",
            "io.eventlane.runtime.invoke",
            "io.eventlane.runtime.publish");

    private static final String PUBLISH = "io.eventlane.runtime.publish.";
    private static final String INVOKE = "io.eventlane.runtime.invoke.";
    private static final String ENVELOPES = "io.eventlane.runtime.codec.EnvelopeFormat";
    private static final String JETSTREAM = "io.eventlane.jetstream.";
    private static final String OF_CHANNELS = "for channels that come and go, and the connection";
    private static final String ONCE = "once for each channel";
    private static final String AFTER_A_FAILURE = "a method of Throwable, after a failure";

    /** What may lock all the same: {@code Class#method} and the reason. An entry that is no longer needed fails the test. */
    private static final Map<String, String> EXCEPTIONS = Map.ofEntries(
            entry(JETSTREAM + "AckInbox#<init>", OF_CHANNELS),
            entry(JETSTREAM + "AckInbox#add", OF_CHANNELS),
            entry(JETSTREAM + "AckInbox#remove", OF_CHANNELS),
            entry(JETSTREAM + "AckInbox#up", OF_CHANNELS),
            entry(JETSTREAM + "AckInbox#down", OF_CHANNELS),
            entry(JETSTREAM + "Intake#ask", AFTER_A_FAILURE),
            entry(JETSTREAM + "PayloadCompression#<init>", ONCE),
            entry(JETSTREAM + "PayloadDecompression#<init>", ONCE),
            entry(PUBLISH + "LazyOutbound#<init>", ONCE),
            entry(PUBLISH + "LazyOutbound#open", ONCE),
            entry(PUBLISH + "LazyOutbound#close", ONCE),
            entry(PUBLISH + "Publication#accept", AFTER_A_FAILURE),
            entry("io.eventlane.engine.AwaitedStage#accept", AFTER_A_FAILURE),
            entry("io.eventlane.engine.Singleflight#land", AFTER_A_FAILURE),
            entry(INVOKE + "BoundHandler#await", AFTER_A_FAILURE),
            entry(INVOKE + "Results#failureOf", AFTER_A_FAILURE),
            entry(INVOKE + "Results#first", AFTER_A_FAILURE),
            entry(ENVELOPES + "#encode", AFTER_A_FAILURE),
            entry(ENVELOPES + "#decode", AFTER_A_FAILURE),
            entry(ENVELOPES + "#peekType", AFTER_A_FAILURE),
            entry(ENVELOPES + "#looksLikeEnvelope", AFTER_A_FAILURE));

    private final LockScan scan = new LockScan(getClass().getClassLoader());

    @Test
    void whenTheHotPathIsScanned_thenNothingTakesALockButTheListedExceptions() {
        List<LockScan.Finding> findings = hotClasses().stream().flatMap(name -> scan.scan(name).stream()).toList();

        assertThat(findings).filteredOn(finding -> !EXCEPTIONS.containsKey(finding.method())).isEmpty();
        assertThat(findings).extracting(LockScan.Finding::method).as("exceptions still needed")
                .containsAll(EXCEPTIONS.keySet());
    }

    private static Set<String> hotClasses() {
        Set<String> all = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.eventlane").stream()
                .map(JavaClass::getName).collect(Collectors.toSet());
        Set<String> hot = new TreeSet<>();
        for (String name : HOT) {
            Set<String> matching = all.stream()
                    .filter(c -> c.equals(name) || c.startsWith(name + "$") || c.startsWith(name + "."))
                    .collect(Collectors.toSet());
            assertThat(matching).as("classes of " + name).isNotEmpty();
            hot.addAll(matching);
        }
        return hot;
    }
}
