package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;

import org.junit.jupiter.api.Test;

import io.eventlane.InvalidEventException;
import io.nats.client.impl.Headers;

class PayloadCompressionTest {

    private static final int LIMIT = 1 << 20;
    private static final byte[] TEXT = "an order with a line like the one before. ".repeat(100).getBytes(UTF_8);

    private final PayloadCompression compression = new PayloadCompression();
    private final PayloadDecompression decompression = new PayloadDecompression(LIMIT);

    @Test
    void whenCompressed_thenItIsSmallerAndRestored() {
        byte[] compressed = compression.compress(TEXT);

        assertThat(compressed).hasSizeLessThan(TEXT.length / 5);
        assertThat(decompression.payload(compressed, headers(TEXT.length))).isEqualTo(TEXT);
    }

    @Test
    void whenLittleWouldBeSaved_thenItIsNotCompressed() {
        byte[] noise = new byte[10_000];
        new Random(1).nextBytes(noise);

        assertThat(compression.compress(noise)).isNull();
        assertThat(compression.compress("x".repeat(100).getBytes(UTF_8))).isNull();
        assertThat(compression.compress(new byte[0])).isNull();
    }

    @Test
    void whenNobodyWouldRestoreIt_thenItIsNotCompressed() {
        assertThat(compression.compress(new byte[PayloadDecompression.DEFAULT_LIMIT])).isNotNull();
        assertThat(compression.compress(new byte[PayloadDecompression.DEFAULT_LIMIT + 1])).isNull();
    }

    @Test
    void whenItIsNotMarked_thenItIsAsItIs() {
        assertThat(decompression.payload(TEXT, Arriving.headers(null))).isSameAs(TEXT);
    }

    @Test
    void whenItWouldBeTooLarge_thenItIsRefusedBeforeMemoryIsTaken() {
        assertRefused(new byte[LIMIT], headers(LIMIT + 1L), "1048577", "1048576");
        assertRefused(new byte[LIMIT], headers(Long.MAX_VALUE), "1048576");
    }

    @Test
    void whenItSaysMoreThanItCanBe_thenItIsRefused() {
        assertRefused(compression.compress(TEXT), headers(LIMIT), "cannot be 1048576");
    }

    @Test
    void whenItSaysLessThanItIs_thenItIsRefused() {
        assertRefused(compression.compress(TEXT), headers(TEXT.length - 1), "damaged");
    }

    @Test
    void whenItSaysMoreThanItIs_thenItIsRefused() {
        assertRefused(compression.compress(TEXT), headers(TEXT.length + 1), "damaged");
    }

    @Test
    void whenItIsCutOff_thenItIsRefused() {
        byte[] compressed = compression.compress(TEXT);

        assertRefused(java.util.Arrays.copyOf(compressed, compressed.length - 1), headers(TEXT.length), "damaged");
    }

    @Test
    void whenBytesAreWrong_thenNothingElseThanARefusalOrAPayloadOfThatLengthComesOfIt() {
        byte[] compressed = compression.compress(TEXT);
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            byte[] damaged = compressed.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(decompression.payload(damaged, headers(TEXT.length))).hasSameSizeAs(TEXT);
            } catch (InvalidEventException e) {
                assertThat(e).hasMessageContaining("damaged");
            }
        }
    }

    @Test
    void whenTheLengthIsMissingOrNone_thenTheErrorNamesTheHeader() {
        assertRefused(TEXT, Arriving.headers(new Headers().add("X-Payload-Compression", "lz4")), "X-Payload-Length");
        assertRefused(TEXT, Arriving.headers(new Headers().add("X-Payload-Compression", "lz4").add("X-Payload-Length", "x")),
                "X-Payload-Length", "'x'");
    }

    @Test
    void whenTheCompressionIsAnother_thenTheErrorNamesIt() {
        assertRefused(TEXT, Arriving.headers(new Headers().add("X-Payload-Compression", "zstd")), "zstd");
    }

    private static ReceivedHeaders headers(long length) {
        return Arriving.headers(
                new Headers().add("X-Payload-Compression", "lz4").add("X-Payload-Length", Long.toString(length)));
    }

    private void assertRefused(byte[] body, ReceivedHeaders headers, String... words) {
        assertThatThrownBy(() -> decompression.payload(body, headers)).isInstanceOf(InvalidEventException.class)
                .hasMessageContainingAll(words);
    }
}
