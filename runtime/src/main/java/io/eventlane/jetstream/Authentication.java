package io.eventlane.jetstream;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/** How the application shows the server who it is. Nothing here prints a secret. */
public sealed interface Authentication {

    /**
     * What is wrong with it at the moment, in words that go behind a property's name; {@code null} when nothing is. Reads the
     * file where there is one.
     */
    default @Nullable String problem() {
        return null;
    }

    /** It does not; with TLS its certificate may. */
    record None() implements Authentication {
    }

    /** By a name and a password. */
    record UserPassword(String user, String password) implements Authentication {

        @Override
        public String toString() {
            return "user " + user;
        }
    }

    /** By a token. */
    record Token(String token) implements Authentication {

        @Override
        public String toString() {
            return "a token";
        }
    }

    /** By signing with an NKey. */
    record Seed(String seed) implements Authentication {

        @Override
        public @Nullable String problem() {
            return Signer.ofSeed(seed).problem();
        }

        @Override
        public String toString() {
            return "an NKey";
        }
    }

    /** By signing with an NKey, whose seed is read from the file for each connection. */
    record SeedFile(Path file) implements Authentication {

        @Override
        public @Nullable String problem() {
            return Signer.ofSeedFile(file).problem();
        }

        @Override
        public String toString() {
            return "the NKey in " + file;
        }
    }

    /** By a JWT and its NKey, which are read from the file for each connection. */
    record CredentialsFile(Path file) implements Authentication {

        @Override
        public @Nullable String problem() {
            return Signer.ofCredentials(file).problem();
        }

        @Override
        public String toString() {
            return "the credentials in " + file;
        }
    }
}
