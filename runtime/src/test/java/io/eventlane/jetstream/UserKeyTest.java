package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import io.nats.client.NKey;

/** The client's own keys are what ours are compared with. */
class UserKeyTest {

    @Test
    void whenMadeOfASeed_thenItIsTheKeyThatTheClientMakes() throws Exception {
        for (int i = 0; i < 50; i++) {
            NKey client = NKey.createUser(null);
            byte[] text = ("nonce " + i).getBytes(StandardCharsets.US_ASCII);

            UserKey key = UserKey.ofSeed(new String(client.getSeed()));

            assertThat(key.publicKey()).isEqualTo(new String(client.getPublicKey()));
            assertThat(client.verify(text, key.sign(text))).isTrue();
        }
    }

    @Test
    void whenACharacterIsMistyped_thenItIsRefused() throws Exception {
        String seed = new String(NKey.createUser(null).getSeed());
        for (int i = 2; i < seed.length() - 1; i++) {
            String mistyped = seed.substring(0, i) + (seed.charAt(i) == 'A' ? 'B' : 'A') + seed.substring(i + 1);

            assertThatIllegalArgumentException().isThrownBy(() -> UserKey.ofSeed(mistyped));
        }
    }

    @Test
    void whenItIsTheSeedOfAnAccount_thenItIsRefused() throws Exception {
        String seed = new String(NKey.createAccount(null).getSeed());

        assertThatIllegalArgumentException().isThrownBy(() -> UserKey.ofSeed(seed));
    }
}
