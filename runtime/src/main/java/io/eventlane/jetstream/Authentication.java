package io.eventlane.jetstream;

import java.nio.file.Path;

/** How the application shows the server who it is. Nothing here prints a secret. */
public sealed interface Authentication {

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
        public String toString() {
            return "an NKey";
        }
    }

    /** By signing with an NKey, whose seed is read from the file for each connection. */
    record SeedFile(Path file) implements Authentication {

        @Override
        public String toString() {
            return "the NKey in " + file;
        }
    }

    /** By a JWT and its NKey, which are read from the file for each connection. */
    record CredentialsFile(Path file) implements Authentication {

        @Override
        public String toString() {
            return "the credentials in " + file;
        }
    }
}
