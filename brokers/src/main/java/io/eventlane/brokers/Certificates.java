package io.eventlane.brokers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate authority for a test, and what it signed for a server on 127.0.0.1 or localhost and for a client. The JDK's
 * keytool makes them.
 *
 * @param authority the authority's certificate, in PEM
 * @param server the server's certificate, in PEM
 * @param serverKey the server's key, in PEM
 * @param client the client's certificate, in PEM
 * @param clientKey the client's key, in PEM
 * @param trustStore the authority's certificate, as a PKCS #12 file
 * @param keyStore the client's certificate and key, as a PKCS #12 file
 */
public record Certificates(Path authority, Path server, Path serverKey, Path client, Path clientKey, Path trustStore,
        Path keyStore) {

    /** Of the stores. */
    public static final String PASSWORD = "changeit";

    private static final String TYPE = "PKCS12";

    /** Makes new ones in a directory, which takes a second or two. */
    public static Certificates create(Path directory) {
        Path all = directory.resolve("all.p12");
        keytool(all, "authority", "-ext", "bc:c");
        keytool(all, "server", "-signer", "authority", "-ext", "san=ip:127.0.0.1,dns:localhost");
        keytool(all, "client", "-signer", "authority");
        try {
            return export(load(all), directory);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Certificates export(KeyStore all, Path directory) throws GeneralSecurityException, IOException {
        Certificate authority = all.getCertificate("authority");
        KeyStore trusted = empty();
        trusted.setCertificateEntry("authority", authority);
        KeyStore own = empty();
        own.setKeyEntry("client", key(all, "client"), PASSWORD.toCharArray(), all.getCertificateChain("client"));
        return new Certificates(
                pem(directory.resolve("authority.pem"), "CERTIFICATE", authority.getEncoded()),
                pem(directory.resolve("server.pem"), "CERTIFICATE", all.getCertificate("server").getEncoded()),
                pem(directory.resolve("server.key"), "PRIVATE KEY", key(all, "server").getEncoded()),
                pem(directory.resolve("client.pem"), "CERTIFICATE", all.getCertificate("client").getEncoded()),
                pem(directory.resolve("client.key"), "PRIVATE KEY", key(all, "client").getEncoded()),
                store(trusted, directory.resolve("trust.p12")),
                store(own, directory.resolve("client.p12")));
    }

    private static Key key(KeyStore store, String alias) throws GeneralSecurityException {
        return store.getKey(alias, PASSWORD.toCharArray());
    }

    private static KeyStore load(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(TYPE);
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(TYPE);
        store.load(null, null);
        return store;
    }

    private static Path store(KeyStore store, Path file) throws GeneralSecurityException, IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private static Path pem(Path file, String what, byte[] encoded) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(encoded);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    /** Adds a key and its certificate to a store. */
    private static void keytool(Path store, String alias, String... options) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", "-genkeypair", "-keystore", store.toString(), "-storetype",
                TYPE, "-storepass", PASSWORD, "-alias", alias,
                "-dname", "CN=" + alias, "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "3650"));
        command.addAll(List.of(options));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool failed: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not run keytool", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted in keytool", e);
        }
    }
}
