package io.eventlane.brokers;

import java.util.List;
import java.util.Optional;

/**
 * Finds the nats-servers of this machine: the one that the system property {@code nats.server} or else the environment
 * variable {@code NATS_SERVER} names, those that {@code brokers/nats-servers} fetched, and those on the {@code PATH} and
 * where systems install them. Safe for any thread.
 *
 * <p>
 * Where one is missing that a test needs, the test fails in CI, that is with the environment variable {@code CI}, and is
 * skipped elsewhere. {@link #found} and {@link #has} decide that, for a test class
 *
 * <pre>{@code
 * &#64;EnabledIf(value = "io.eventlane.brokers.NatsServers#found", disabledReason = "no nats-server: run brokers/nats-servers")
 * }</pre>
 *
 * and for a test of each release
 *
 * <pre>{@code
 * assumeThat(NatsServers.has(line)).as("nats-server %s is here, which brokers/nats-servers fetches", line).isTrue();
 * }</pre>
 */
public final class NatsServers {

    private static final String HOW_TO_GET = """
            Run brokers/nats-servers, which fetches it from Debian's packages without root, or install one:
              Debian, Ubuntu:  sudo apt install nats-server
              macOS:           brew install nats-server
              anywhere:        https://nats.io/download
            and set NATS_SERVER to the executable if it is not on the PATH.""";

    private static final boolean IN_CI = System.getenv("CI") != null;

    private NatsServers() {
    }

    /** All that there are, the oldest first, one of each version. */
    public static List<NatsRelease> all() {
        return Found.ALL;
    }

    /** @throws IllegalStateException when there is none; the message says how to get one */
    public static NatsRelease newest() {
        if (all().isEmpty()) {
            throw missing("No nats-server");
        }
        return all().getLast();
    }

    /**
     * What runs where no release is asked for: the one that is named, else one of {@link NatsLine#STANDARD}, else the newest.
     *
     * @throws IllegalStateException when there is none, or what is named is none; the message says how to get one
     */
    public static NatsRelease standard() {
        if (!Found.SEARCH.named().isEmpty()) {
            return Found.SEARCH.chosen().orElseThrow(() -> new IllegalStateException("The system property nats.server or the"
                    + " environment variable NATS_SERVER names " + Found.SEARCH.named()
                    + ", which is no nats-server that runs here. " + HOW_TO_GET));
        }
        return find(NatsLine.STANDARD).orElseGet(NatsServers::newest);
    }

    /**
     * The newest of a line.
     *
     * @throws IllegalStateException when there is none; the message says how to get one
     */
    public static NatsRelease of(NatsLine line) {
        return find(line).orElseThrow(() -> missing("No nats-server " + line));
    }

    /**
     * Whether there is any.
     *
     * @throws IllegalStateException when there is none, in CI
     */
    public static boolean found() {
        return decide(!all().isEmpty(), "No nats-server", IN_CI);
    }

    /**
     * Whether there is one of a line.
     *
     * @throws IllegalStateException when there is none, in CI
     */
    public static boolean has(NatsLine line) {
        return decide(find(line).isPresent(), "No nats-server " + line, IN_CI);
    }

    private static Optional<NatsRelease> find(NatsLine line) {
        return all().reversed().stream().filter(line::has).findFirst();
    }

    static boolean decide(boolean there, String otherwise, boolean required) {
        if (!there && required) {
            throw missing(otherwise);
        }
        return there;
    }

    private static IllegalStateException missing(String what) {
        return new IllegalStateException(what + " was found in " + Found.SEARCH.cache()
                + ", on the PATH or where systems install it. " + HOW_TO_GET);
    }

    /** One search in a JVM. */
    private static final class Found {

        static final NatsSearch SEARCH = NatsSearch.ofThisProcess();
        static final List<NatsRelease> ALL = SEARCH.all();
    }
}
