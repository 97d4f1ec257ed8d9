package io.eventlane.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

import io.eventlane.brokers.NatsKey.Owner;

/**
 * Who issues the credentials of users: an operator with an account that has JetStream, and a system account. Servers
 * {@linkplain NatsServerOptions#withOperator that trust it} take only users with its credentials. Safe for any thread.
 */
public final class NatsOperator {

    private static final String LIMITS = "\"limits\":{\"subs\":-1,\"data\":-1,\"payload\":-1,\"imports\":-1,\"exports\":-1,"
            + "\"wildcards\":true,\"conn\":-1,\"leaf\":-1%s}";
    private static final String JETSTREAM = ",\"mem_storage\":-1,\"disk_storage\":-1,\"streams\":-1,\"consumer\":-1";

    private final NatsKey operator = NatsKey.create(Owner.OPERATOR);
    private final NatsKey system = NatsKey.create(Owner.ACCOUNT);
    private final NatsKey account = NatsKey.create(Owner.ACCOUNT);

    /**
     * Writes the credentials of a new user of the account to a file, as clients take them.
     *
     * @return the file
     */
    public Path writeCredentials(Path file) {
        NatsKey user = NatsKey.create(Owner.USER);
        String token = token(account, "user", user, "\"pub\":{},\"sub\":{},\"subs\":-1,\"data\":-1,\"payload\":-1");
        try {
            return Files.writeString(file, """
                    -----BEGIN NATS USER JWT-----
                    %s
                    ------END NATS USER JWT------

                    -----BEGIN USER NKEY SEED-----
                    %s
                    ------END USER NKEY SEED------
                    """.formatted(token, user.seed()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server's settings {@code operator}, {@code system_account}, {@code resolver} and {@code resolver_preload}. */
    NatsServerOptions configure(NatsServerOptions options) {
        return options
                .withSetting("operator", token(operator, "operator", operator,
                        "\"system_account\":\"" + system.publicKey() + "\""))
                .withSetting("system_account", system.publicKey())
                .withSetting("resolver", "MEMORY")
                .withSetting("resolver_preload", "{ " + system.publicKey() + ": " + accountToken(system, "")
                        + ", " + account.publicKey() + ": " + accountToken(account, JETSTREAM) + " }");
    }

    private String accountToken(NatsKey subject, String furtherLimits) {
        return token(operator, "account", subject, LIMITS.formatted(furtherLimits));
    }

    private static String token(NatsKey issuer, String type, NatsKey subject, String claims) {
        String header = "{\"typ\":\"JWT\",\"alg\":\"ed25519-nkey\"}";
        String body = "{\"jti\":\"%s\",\"iat\":%d,\"iss\":\"%s\",\"name\":\"%s\",\"sub\":\"%s\",\"nats\":{%s,\"type\":\"%s\",\"version\":2}}"
                .formatted(UUID.randomUUID(), Instant.now().getEpochSecond(), issuer.publicKey(), type,
                        subject.publicKey(), claims, type);
        String signed = base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(body.getBytes(StandardCharsets.UTF_8));
        return signed + "." + base64(issuer.sign(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
