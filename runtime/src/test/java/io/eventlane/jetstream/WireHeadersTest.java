package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.eventlane.EventHeaders;
import io.eventlane.spi.OutboundRecord;
import io.nats.client.impl.Headers;
import io.nats.client.support.IncomingHeadersProcessor;

/** What is written is read again, by way of the client's own reading. */
class WireHeadersTest {

    private final List<Map.Entry<String, byte[]>> headers = new ArrayList<>();

    @Test
    void whenAnEventIsUsual_thenItsHeadersAreWrittenAsTheyAreAndNothingElse() {
        add("X-Event-ID", "7");
        add("X-Aggregate-ID", "order-17");
        add("X-Event-Type", "order.placed");
        add("traceparent", "00-1-2-01");

        assertThat(written("order-17", "{}")).isEqualTo("""
                NATS/1.0\r
                Nats-Msg-Id:the-event-id\r
                X-Event-ID:7\r
                X-Aggregate-ID:order-17\r
                X-Event-Type:order.placed\r
                traceparent:00-1-2-01\r
                \r
                """);
        assertReadAgain("order-17", "{}");
    }

    @Test
    void whenTheKeyIsNotTheAggregateId_thenItHasAHeaderOfItsOwn() {
        add("X-Aggregate-ID", "order-17");

        assertThat(written("customer 3", "{}")).contains("X-Key:customer%203\r\n");
        assertReadAgain("customer 3", "{}");
        assertReadAgain("", "{}");
    }

    @Test
    void whenThereIsNoKey_thenNoneIsReadFromTheAggregateId() {
        add("X-Aggregate-ID", "order-17");

        assertReadAgain(null, "{}");
    }

    @Test
    void whenThereIsNeitherKeyNorAggregateId_thenThereIsNoKey() {
        assertThat(written(null, "{}")).doesNotContain("X-Key");
        assertReadAgain(null, "{}");
    }

    @Test
    void whenThereIsNoPayload_thenItIsATombstone() {
        assertThat(read("k", null).isTombstone()).isTrue();
        assertThat(read("k", "").isTombstone()).isFalse();
    }

    @Test
    void whenAValueIsAnyText_thenItIsTheSameAgain() {
        add("dead-letter-reason", "Keine Verbindung über \"größe\": 100 %\n\tat io.eventlane…\r\n");
        add("blanks", "  two before and two behind  ");
        add("percent", "100%41");
        add("empty", "");

        assertReadAgain("k", "{}");
    }

    @Test
    void whenAValueIsBytes_thenTheyAreTheSameAgain() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        headers.add(Map.entry("bytes", all));

        assertReadAgain("k", "{}");
    }

    @Test
    void whenAValueIsLongAndForeign_thenItGrowsByAThirdAtMost() {
        add("dead-letter-reason", "接続できません".repeat(500));

        assertThat(written("k", "{}").length()).isLessThan("接続できません".repeat(500).getBytes(UTF_8).length * 4 / 3 + 200);
        assertReadAgain("k", "{}");
    }

    @Test
    void whenAHeaderHasNoValue_thenItHasNoneAgain() {
        headers.add(new SimpleImmutableEntry<>("none", null));
        add("none", "");

        assertReadAgain("k", "{}");
    }

    @Test
    void whenANameIsNoneOfNats_thenItIsCarriedAllTheSame() {
        add("größe", "1");
        add("with blank", "2");
        add("a:b", "3");
        add("", "4");
        add("größe", "5");

        assertReadAgain("k", "{}");
    }

    @Test
    void whenANameMeansSomethingToTheServer_thenTheServerDoesNotSeeIt() {
        add("Nats-Expected-Last-Sequence", "1");
        add("nats-rollup", "all");

        assertThat(written("k", "{}")).doesNotContainIgnoringCase("\r\nNats-Expected").doesNotContain("\r\nnats-rollup");
        assertReadAgain("k", "{}");
    }

    @Test
    void whenANameMeansSomethingToUs_thenItDoesNotForTheReader() {
        add("X-Key", "not the key");
        add("X-Tombstone", "true");
        add("X-Payload-Compression", "lz4");
        add("X-Header", "1");
        add("X-Header-Layout", "X-Header");

        assertReadAgain("k", "{}");
        assertThat(read("k", "{}").isTombstone()).isFalse();
        assertThat(read("k", "{}").compression()).isNull();
    }

    @Test
    void whenNamesRepeatInAnyOrder_thenTheOrderIsTheSameAgain() {
        add("b", "1");
        add("a", "2");
        add("X-Event-ID", "3");
        add("b", "4");
        add("a", "5");

        assertReadAgain("k", "{}");
        assertThat(read("k", "{}").value("a")).isEqualTo("5".getBytes(UTF_8));
    }

    @Test
    void whenHeadersAreAnything_thenTheyAreTheSameAgain() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            headers.clear();
            for (int i = random.nextInt(6); i > 0; i--) {
                headers.add(new SimpleImmutableEntry<>(name(random), value(random)));
            }
            assertReadAgain(random.nextInt(4) == 0 ? null : name(random), "{}");
        }
    }

    @Test
    void whenTheIdIsNoHeaderValue_thenItIsWrittenAsOneToken() {
        assertThat(new String(WireHeaders.write(new OutboundRecord("a\r\nNats-Rollup:all", null, null, List.of()), -1),
                ISO_8859_1))
                .contains("Nats-Msg-Id:a%0D%0ANats-Rollup%3Aall\r\n");
    }

    @Test
    void whenHeadersAreVeryShort_thenTheyCanStillBeMadeToBeRefused() {
        byte[] shortest = WireHeaders.write(new OutboundRecord("1", null, new byte[0], List.of()), -1);

        assertThat(shortest.length).isGreaterThanOrEqualTo(AttemptHeaders.SHORTEST);
        assertThat(new IncomingHeadersProcessor(shortest).getHeaders().getLast("Nats-Msg-Id")).isEqualTo("1");
    }

    @Test
    void whenSomebodyElseHasWrittenThem_thenTheyAreReadAsTheyAre() {
        ReceivedHeaders read = foreign("b:1", "a: x ", "X-Event-ID:7", "b:2", "X-Key:50%", "Nats-Msg-Id:7");

        assertThat(all(read)).isEqualTo("b=1, a=x, X-Event-ID=7, b=2");
        assertThat(read.key()).isEqualTo("50%".getBytes(UTF_8));
    }

    @Test
    void whenSomebodyHasAddedOneOnTheWay_thenItComesLast() {
        add("z", "1");
        add("a", "2");
        add("ü", "3");
        String wire = written("k", "{}");

        assertThat(all(new ReceivedHeaders(Arriving.block(wire.replaceFirst("\r\n", "\r\nm:added\r\n").getBytes(UTF_8)))))
                .isEqualTo("z=1, a=2, ü=3, m=added");
    }

    @Test
    void whenTheLayoutIsNone_thenTheHeadersAreReadAsTheyAre() {
        assertThat(all(foreign("X-Header-Layout:%,b*", "b:no base 64"))).isEqualTo("b=no base 64");
        assertThat(all(foreign("X-Header-Layout:b*", "b:no base 64"))).isEqualTo("b=no base 64");
    }

    @Test
    void whenSomebodyElseHasWrittenAnything_thenItIsReadAsTheBytesThatItIs() {
        assertThat(all(foreign("größe: 1 ", "name:Zoë", "no colon", ":no name", "tab:\ta\tb"))).isEqualTo(
                "größe=1, name=Zoë, =no name, tab=a\tb");
        assertThat(foreign("X-Aggregate-ID:Zoë").key()).isEqualTo("Zoë".getBytes(UTF_8));
        byte[] latin = "NATS/1.0\r\nname:Zo\u00eb\r\n\r\n".getBytes(ISO_8859_1);
        assertThat(new ReceivedHeaders(Arriving.block(latin)).value("name")).isEqualTo("Zo\u00eb".getBytes(ISO_8859_1));
    }

    @Test
    void whenHeadersAreCutOffOrDamaged_thenReadingThemNeverFails() {
        add("dead-letter-reason", "größer");
        byte[] whole = bytes("k ü", "{}");
        for (int length = "NATS/1.0".length(); length <= whole.length; length++) {
            ReceivedHeaders cut = new ReceivedHeaders(Objects.requireNonNull(HeaderBlock.of(whole, length)));
            assertThat(all(cut)).hasSizeLessThan(100);
            cut.key();
        }
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            byte[] damaged = whole.clone();
            damaged[8 + random.nextInt(damaged.length - 8)] = (byte) random.nextInt();
            ReceivedHeaders read = new ReceivedHeaders(Arriving.block(damaged));
            assertThat(all(read)).hasSizeLessThan(200);
            read.key();
        }
    }

    @Test
    void whenThereAreNoHeaders_thenThereAreNone() {
        assertThat(all(Arriving.headers(null))).isEmpty();
        assertThat(Arriving.headers(null).key()).isNull();
    }

    private void add(String name, String value) {
        headers.add(Map.entry(name, value.getBytes(UTF_8)));
    }

    private byte[] bytes(@Nullable String key, @Nullable String payload) {
        return WireHeaders.write(
                new OutboundRecord("the-event-id", TestPublisher.bytes(key), TestPublisher.bytes(payload), headers),
                -1);
    }

    private String written(@Nullable String key, @Nullable String payload) {
        return new String(bytes(key, payload), ISO_8859_1);
    }

    private static ReceivedHeaders foreign(String... lines) {
        return new ReceivedHeaders(
                Arriving.block(("NATS/1.0\r\n" + String.join("\r\n", lines) + "\r\n\r\n").getBytes(UTF_8)));
    }

    private ReceivedHeaders read(@Nullable String key, @Nullable String payload) {
        byte[] bytes = bytes(key, payload);
        Headers asTheClientReadsThem = new IncomingHeadersProcessor(bytes).getHeaders();
        HeaderBlock block = Arriving.block(bytes);

        assertThat(block.count()).isEqualTo(asTheClientReadsThem.entrySet().stream().mapToInt(e -> e.getValue().size()).sum());
        asTheClientReadsThem.keySet().forEach(
                name -> assertThat(block.lastText(name)).isEqualTo(asTheClientReadsThem.getLast(name)));
        return new ReceivedHeaders(block);
    }

    private void assertReadAgain(@Nullable String key, String payload) {
        ReceivedHeaders read = read(key, payload);
        List<Map.Entry<String, byte[]>> again = new ArrayList<>();
        read.forEach((name, value) -> again.add(new SimpleImmutableEntry<>(name, value)));

        assertThat(again.stream().map(WireHeadersTest::text)).isEqualTo(headers.stream().map(WireHeadersTest::text).toList());
        assertThat(read.key()).isEqualTo(TestPublisher.bytes(key));
        for (Map.Entry<String, byte[]> header : headers) {
            assertThat(read(key, payload).value(header.getKey())).isEqualTo(lastOf(header.getKey()));
        }
        assertThat(read.value(EventHeaders.TENANT_ID)).isNull();
    }

    private byte[] lastOf(String name) {
        return headers.reversed().stream().filter(header -> header.getKey().equals(name)).findFirst().orElseThrow().getValue();
    }

    private static String text(Map.Entry<String, byte[]> header) {
        return header.getKey() + "=" + (header.getValue() == null ? "none" : new String(header.getValue(), ISO_8859_1));
    }

    private static String all(ReceivedHeaders read) {
        List<String> all = new ArrayList<>();
        read.forEach((name, value) -> all.add(name + "=" + new String(value, UTF_8)));
        return String.join(", ", all);
    }

    private static String name(Random random) {
        List<String> names = List.of("X-Event-ID", "X-Aggregate-ID", "a", "b", "", "ü", "Nats-Msg-Id", "X-Key", "with,comma",
                "sign~", "sign+", "sign*", "%41", "-", "~");
        return names.get(random.nextInt(names.size()));
    }

    private static byte @Nullable [] value(Random random) {
        if (random.nextInt(8) == 0) {
            return null;
        }
        byte[] value = new byte[random.nextInt(12)];
        random.nextBytes(value);
        if (random.nextBoolean()) {
            for (int i = 0; i < value.length; i++) {
                value[i] = (byte) (' ' + (value[i] & 63));
            }
        }
        return value;
    }
}
