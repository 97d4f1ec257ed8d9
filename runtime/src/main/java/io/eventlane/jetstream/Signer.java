package io.eventlane.jetstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.nats.client.AuthHandler;
import io.nats.client.NKey;

/**
 * Signs what the server sends to be signed. A file is read for each connection, so that credentials that were renewed are
 * taken up by the next one.
 */
final class Signer implements AuthHandler {

    private static final Pattern SEED = Pattern.compile("\\bSU[A-Z2-7]{56}\\b");
    private static final Pattern JWT = Pattern.compile("\\beyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private final String where;
    private final Supplier<String> text;
    private final boolean withJwt;

    /**
     * @param where the text comes from
     */
    private Signer(String where, Supplier<String> text, boolean withJwt) {
        this.where = where;
        this.text = text;
        this.withJwt = withJwt;
    }

    static Signer ofSeed(String seed) {
        return new Signer("the NKey", () -> seed, false);
    }

    static Signer ofSeedFile(Path file) {
        return new Signer(file.toString(), () -> read(file), false);
    }

    static Signer ofCredentials(Path file) {
        return new Signer(file.toString(), () -> read(file), true);
    }

    /**
     * What is wrong with it at the moment, in words that go behind a property's name and without anything secret; {@code null}
     * when nothing is.
     */
    @Nullable
    String problem() {
        try {
            getID();
            getJWT();
            return null;
        } catch (IllegalStateException e) {
            return e.getMessage();
        }
    }

    @Override
    public char[] getID() {
        NKey key = key();
        try {
            return key.getPublicKey();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the key in " + where + " cannot be used", e);
        } finally {
            key.clear();
        }
    }

    @Override
    public byte[] sign(byte[] nonce) {
        NKey key = key();
        try {
            return key.sign(nonce);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the key in " + where + " cannot be used", e);
        } finally {
            key.clear();
        }
    }

    @Override
    public char @Nullable [] getJWT() {
        return withJwt ? find(JWT, "no JWT of a user").toCharArray() : null;
    }

    private NKey key() {
        char[] seed = find(SEED, "no NKey seed of a user, which begins with SU").toCharArray();
        try {
            return NKey.fromSeed(seed);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("the NKey seed in " + where + " is mistyped", e);
        }
    }

    private String find(Pattern pattern, String missing) {
        Matcher found = pattern.matcher(text());
        if (!found.find()) {
            throw new IllegalStateException(where + " holds " + missing);
        }
        return found.group();
    }

    private String text() {
        try {
            return text.get();
        } catch (UncheckedIOException e) {
            throw new IllegalStateException(where + " cannot be read", e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
