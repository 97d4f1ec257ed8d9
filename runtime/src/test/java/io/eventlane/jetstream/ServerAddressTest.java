package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.eventlane.jetstream.Authentication.None;
import io.eventlane.jetstream.Authentication.Token;
import io.eventlane.jetstream.Authentication.UserPassword;

class ServerAddressTest {

    @ParameterizedTest
    @CsvSource({ "a, nats://a:4222", "a:1, nats://a:1", "nats://a, nats://a:4222", "TLS://a:2, tls://a:2",
            "' nats://a ', nats://a:4222", "nats://u:p@a:3, nats://a:3", "t@a, nats://a:4222",
            "nats://[::1], nats://[::1]:4222",
            "10.0.0.1, nats://10.0.0.1:4222", "wss://a/nats, wss://a:4222/nats" })
    void whenAnAddressIsGiven_thenWhereTheServerIsIsKept(String text, String url) {
        assertThat(ServerAddress.parse(text).url()).isEqualTo(url);
    }

    @Test
    void whenAnAddressHoldsASecret_thenItIsToldApart() {
        assertThat(ServerAddress.authentication("nats://a")).isEqualTo(new None());
        assertThat(ServerAddress.authentication("nats://u:p%40%3a+@a")).isEqualTo(new UserPassword("u", "p@:+"));
        assertThat(ServerAddress.authentication("nats://t%2F@a")).isEqualTo(new Token("t/"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "nats://", "nats://u:hidden@", "nats://u:hid/den@a", "nats://u:hidden@a b", "u:hidden@a:b",
            "http://u:hidden@a", "nats://u:hid%zden@a" })
    void whenAnAddressCannotBeRead_thenTheErrorShowsNoSecret(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ServerAddress.parse(text)).withMessageNotContaining("hid")
                .withNoCause();
    }

    @Test
    void whenTheClientSaysAnAddress_thenSecretsAreLeftOut() {
        assertThat(ServerAddress.withoutSecrets("Unable to connect to NATS servers: [nats://u:p@a:1, tls://t@b:2]"))
                .isEqualTo("Unable to connect to NATS servers: [nats://a:1, tls://b:2]");
    }
}
