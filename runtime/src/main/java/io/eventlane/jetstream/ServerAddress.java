package io.eventlane.jetstream;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a server is, without the secrets that an address may hold.
 *
 * @param url {@code scheme://host:port}, and a path where it has one, which only {@code ws://} and {@code wss://} look at
 */
public record ServerAddress(String url) {

    private static final int PORT = 4222;
    private static final Set<String> SCHEMES = Set.of("nats", "tls", "ws", "wss");
    private static final Pattern SECRET = Pattern.compile("(?<=://)[^/\\s]*@");

    /**
     * @param text {@code host}, {@code host:port} or {@code scheme://host:port}; a user, a password or a token in it is left
     *        out, see {@link #authentication(String)}
     * @throws IllegalArgumentException saying what is wrong, in words that go behind a property's name, and without
     *         anything secret
     */
    public static ServerAddress parse(String text) {
        URI uri = uri(text);
        return new ServerAddress(uri.getScheme().toLowerCase(Locale.ROOT) + "://" + uri.getHost() + ':'
                + (uri.getPort() == -1 ? PORT : uri.getPort()) + uri.getRawPath());
    }

    /**
     * What an address says of who is connecting: {@code nats://user:password@host}, {@code nats://token@host}, or nothing.
     *
     * @throws IllegalArgumentException as of {@link #parse}
     */
    public static Authentication authentication(String text) {
        String info = uri(text).getRawUserInfo();
        if (info == null) {
            return new Authentication.None();
        }
        int colon = info.indexOf(':');
        return colon < 0 ? new Authentication.Token(decode(info))
                : new Authentication.UserPassword(decode(info.substring(0, colon)), decode(info.substring(colon + 1)));
    }

    /** A text of the client's, without what addresses in it may hold of secrets. */
    static String withoutSecrets(String text) {
        return SECRET.matcher(text).replaceAll("");
    }

    String host() {
        return URI.create(url).getHost();
    }

    /** Whether it wants TLS. */
    public boolean isSecure() {
        return url.startsWith("tls:") || url.startsWith("wss:");
    }

    /** Whether the client speaks to it without TLS, whatever is configured. */
    public boolean isNeverSecure() {
        return url.startsWith("ws:");
    }

    private static URI uri(String text) {
        String stripped = text.strip();
        String shown = stripped.substring(stripped.lastIndexOf('@') + 1);
        URI uri;
        try {
            uri = new URI(stripped.contains("://") ? stripped : "nats://" + stripped);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(malformed(shown));
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(malformed(shown));
        }
        if (!SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("must begin with nats://, tls://, ws:// or wss://, but begins with "
                    + uri.getScheme() + "://");
        }
        return uri;
    }

    private static String malformed(String shown) {
        return "must hold addresses such as nats://localhost:4222, but holds '" + shown + "'";
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return url;
    }
}
