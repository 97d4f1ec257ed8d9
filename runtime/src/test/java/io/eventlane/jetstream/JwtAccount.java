package io.eventlane.jetstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.eventlane.brokers.NatsServerOptions;
import io.nats.client.NKey;
import io.nats.client.support.JsonSerializable;
import io.nats.client.support.JwtUtils;

/** An operator with one account, whose users show a JWT. */
final class JwtAccount {

    private final NKey operator;
    private final NKey account;

    JwtAccount() throws GeneralSecurityException, IOException {
        operator = NKey.createOperator(null);
        account = NKey.createAccount(null);
    }

    NatsServerOptions server() throws GeneralSecurityException, IOException {
        String operatorJwt = jwt(operator, operator, "operator", () -> "{\"type\":\"operator\",\"version\":2}");
        String accountJwt = jwt(operator, account, "account",
                () -> "{\"type\":\"account\",\"version\":2,\"limits\":{\"subs\":-1,"
                        + "\"data\":-1,\"payload\":-1,\"imports\":-1,\"exports\":-1,\"wildcards\":true,\"conn\":-1,\"leaf\":-1,"
                        + "\"mem_storage\":-1,\"disk_storage\":-1,\"streams\":-1,\"consumer\":-1}}");
        // JetStream takes a system account with an operator, which these tests have no use for.
        return NatsServerOptions.DEFAULTS.withSetting("jetstream", "false").withSetting("operator", operatorJwt)
                .withSetting("resolver", "MEMORY")
                .withSetting("resolver_preload", "{ " + new String(account.getPublicKey()) + ": " + accountJwt + " }");
    }

    /**
     * Writes credentials of a new user.
     *
     * @param expiration {@code null} for never
     */
    void writeCredentials(Path file, @Nullable Duration expiration) {
        try {
            NKey user = NKey.createUser(null);
            String jwt = JwtUtils.issueUserJWT(account, new String(account.getPublicKey()), new String(user.getPublicKey()),
                    "test", expiration);
            Files.writeString(file, JwtUtils.NATS_USER_JWT_FORMAT.formatted(jwt, new String(user.getSeed())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String jwt(NKey issuer, NKey subject, String name, JsonSerializable claims)
            throws GeneralSecurityException, IOException {
        return JwtUtils.issueJWT(issuer, new String(subject.getPublicKey()), name, null, JwtUtils.currentTimeSeconds(),
                new String(issuer.getPublicKey()), claims);
    }
}
