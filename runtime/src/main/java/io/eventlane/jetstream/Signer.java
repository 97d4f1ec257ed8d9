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

/**
 * Signs what the server sends to be signed. A file is read for each connection, so that credentials that were renewed are
 * taken up by the next one.
 */
final class Signer implements AuthHandler {

    private static final Pattern SEED = Pattern.compile("\\bSU[A-Z2-7]{56}\\b");
    private static final Pattern JWT = Pattern.compile("\\beyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    /** Begins what is said of the text. */
    private final String subject;
    private final Supplier<String> text;
    private final boolean withJwt;

    private Signer(String subject, Supplier<String> text, boolean withJwt) {
        this.subject = subject;
        this.text = text;
        this.withJwt = withJwt;
    }

    static Signer ofSeed(String seed) {
        return new Signer("", () -> seed, false);
    }

    static Signer ofSeedFile(Path file) {
        return new Signer("names " + file + ", which ", () -> read(file), false);
    }

    static Signer ofCredentials(Path file) {
        return new Signer("names " + file + ", which ", () -> read(file), true);
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
        return key().publicKey().toCharArray();
    }

    @Override
    public byte[] sign(byte[] nonce) {
        try {
            return key().sign(nonce);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(subject + "has a key that cannot be used", e);
        }
    }

    @Override
    public char @Nullable [] getJWT() {
        return withJwt ? find(JWT, "has no JWT of a user").toCharArray() : null;
    }

    private UserKey key() {
        String seed = find(SEED, "has no seed of a user's NKey, which begins with SU and is 58 characters long");
        try {
            return UserKey.ofSeed(seed);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(subject + "has a seed that is mistyped", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(subject + "has a key that cannot be used", e);
        }
    }

    private String find(Pattern pattern, String missing) {
        Matcher found = pattern.matcher(text());
        if (!found.find()) {
            throw new IllegalStateException(subject + missing);
        }
        return found.group();
    }

    private String text() {
        try {
            return text.get();
        } catch (UncheckedIOException e) {
            throw new IllegalStateException(subject + "cannot be read", e);
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
