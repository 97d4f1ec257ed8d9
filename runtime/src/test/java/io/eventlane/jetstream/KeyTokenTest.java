package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTokenTest {

    @ParameterizedTest
    @CsvSource({ "order-17_B, order-17_B", "a.b, a%2Eb", "*, %2A", ">, %3E", "%, %25", "a b, a%20b", "ü, %C3%BC", "'',''" })
    void whenEncoded_thenItIsOneTokenOfASubject(String key, String token) {
        assertThat(KeyToken.encode(key.getBytes(UTF_8))).isEqualTo(token);
    }

    @Test
    void whenEncodedAndDecoded_thenEveryByteIsTheSame() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }

        assertThat(KeyToken.decode(KeyToken.encode(all))).isEqualTo(all);
    }

    @Test
    void whenSomebodyElseHasEncodedLess_thenItIsDecodedAllTheSame() {
        assertThat(KeyToken.decode("a:b%2fc")).isEqualTo("a:b/c".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = { "%", "%4", "a%4", "%4G", "ü" })
    void whenItIsNoToken_thenThatIsSaid(String token) {
        assertThatIllegalArgumentException().isThrownBy(() -> KeyToken.decode(token)).withMessageContaining(token);
    }
}
