package io.eventlane.runtime.devmode;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.quarkus.dev.spi.HotReplacementContext;
import io.quarkus.dev.spi.HotReplacementSetup;

/** Where dev mode tells how to look for edits. Lives as long as dev mode does, over every restart of the application. */
public final class HotReload implements HotReplacementSetup {

    /** As a person edits, nobody sees the difference; looking once per event would keep a core busy. */
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private static volatile @Nullable HotReplacementContext context;

    @Override
    public void setupHotDeployment(HotReplacementContext hotReplacement) {
        context = hotReplacement;
    }

    @Override
    public void close() {
        context = null;
    }

    /** A gate for the application that starts now; empty outside dev mode. */
    public static Optional<ReloadGate> gate() {
        HotReplacementContext current = context;
        return current == null ? Optional.empty()
                : Optional.of(new ReloadGate(() -> scan(current), current.isTest() ? Duration.ZERO : INTERVAL));
    }

    /** Compiles what was edited, and restarts the application if anything was. */
    private static boolean scan(HotReplacementContext current) throws Exception {
        boolean restarted = current.doScan(true);
        Throwable problem = current.getDeploymentProblem();
        if (problem != null) {
            throw new IllegalStateException("the application has a problem since its last edit: " + problem.getMessage(),
                    problem);
        }
        return restarted;
    }
}
