package io.eventlane.brokers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * How a {@link NatsServer} is started.
 *
 * @param release what to run; {@code null} for {@link NatsServers#standard()}
 * @param port the port that the server listens on for clients; 0 for any free one
 * @param directory where the server keeps its data, its configuration and its log file, left in place on close; {@code null}
 *        for a temporary directory that is deleted on close
 * @param settings further entries of the server's configuration, each a name and a value as the file has it; they win over
 *        the server's defaults here
 * @param jetStream further entries of its block {@code jetstream}, likewise
 */
public record NatsServerOptions(
        @Nullable NatsRelease release,
        int port,
        @Nullable Path directory,
        Map<String, String> settings,
        Map<String, String> jetStream) {

    /** The standard release, any free port, a temporary directory, no authorization, no TLS. */
    public static final NatsServerOptions DEFAULTS = new NatsServerOptions(null, 0, null, Map.of(), Map.of());

    public NatsServerOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 0 and 65535, but is " + port);
        }
        settings = Map.copyOf(settings);
        jetStream = Map.copyOf(jetStream);
    }

    public NatsServerOptions withRelease(NatsRelease release) {
        return new NatsServerOptions(release, port, directory, settings, jetStream);
    }

    public NatsServerOptions withPort(int port) {
        return new NatsServerOptions(release, port, directory, settings, jetStream);
    }

    public NatsServerOptions withDirectory(Path directory) {
        return new NatsServerOptions(release, port, directory, settings, jetStream);
    }

    /**
     * Any entry of the configuration file, such as {@code max_payload}.
     *
     * @param value as the file has it: a number, a {@linkplain #quoted quoted} text, or a block in braces such as the one of
     *        {@code authorization} or {@code accounts}
     */
    public NatsServerOptions withSetting(String name, Object value) {
        return new NatsServerOptions(release, port, directory, with(settings, name, value), jetStream);
    }

    /** Any entry of the block {@code jetstream}, such as {@code store_dir}. */
    public NatsServerOptions withJetStream(String name, Object value) {
        return new NatsServerOptions(release, port, directory, settings, with(jetStream, name, value));
    }

    /** How much streams may hold in all. A server without that limit takes what is left of the memory and the disk. */
    public NatsServerOptions withStoreLimits(long memoryBytes, long fileBytes) {
        return withJetStream("max_memory_store", memoryBytes).withJetStream("max_file_store", fileBytes);
    }

    /**
     * How often what was acknowledged is forced to the disk, which counts when a machine stops and not when a process does.
     * From 2.10 on.
     *
     * @param interval zero for before every acknowledgement
     */
    public NatsServerOptions withSyncInterval(Duration interval) {
        return withJetStream("sync_interval", interval.isZero() ? "always" : quoted(interval.toMillis() + "ms"));
    }

    public NatsServerOptions withUser(String user, String password) {
        return withSetting("authorization", "{ user: " + quoted(user) + ", password: " + quoted(password) + " }");
    }

    public NatsServerOptions withToken(String token) {
        return withSetting("authorization", "{ token: " + quoted(token) + " }");
    }

    /** @param publicKey of a user, which begins with {@code U} */
    public NatsServerOptions withNkey(String publicKey) {
        return withSetting("authorization", "{ users: [ { nkey: " + publicKey + " } ] }");
    }

    /** Clients need credentials of that operator. */
    public NatsServerOptions withOperator(NatsOperator operator) {
        return operator.configure(this);
    }

    /**
     * Connections have to use TLS.
     *
     * @param certificate of the server, and its key: files in PEM
     * @param clientAuthority who signed the certificate that a client has to show, a file in PEM; {@code null} where a client
     *        needs none
     */
    public NatsServerOptions withTls(Path certificate, Path key, @Nullable Path clientAuthority) {
        String files = "cert_file: " + quoted(certificate.toString()) + ", key_file: " + quoted(key.toString());
        String verify = clientAuthority == null ? "" : ", ca_file: " + quoted(clientAuthority.toString()) + ", verify: true";
        return withSetting("tls", "{ " + files + verify + " }");
    }

    /** A text as the configuration file has it. */
    public static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static Map<String, String> with(Map<String, String> entries, String name, Object value) {
        Map<String, String> more = new TreeMap<>(entries);
        more.put(name, value.toString());
        return more;
    }
}
