package io.eventlane.demo;

import java.util.Locale;

/**
 * Shows how far the demo is: one line that is written over on a terminal, which the launcher tells, and a line every
 * tenth elsewhere.
 */
final class ProgressBar {

    private static final int WIDTH = 40;

    private final String what;
    private final long total;
    private final boolean terminal = Boolean.getBoolean("demo.terminal");
    private long shown = -1;

    ProgressBar(String what, long total) {
        this.what = what;
        this.total = total;
    }

    void update(long done) {
        long share = Math.min(done, total) * (terminal ? WIDTH : 10) / total;
        if (terminal) {
            String bar = "#".repeat((int) share) + ".".repeat((int) (WIDTH - share));
            System.out.printf(Locale.ROOT, "\r  %s [%s] %,d of %,d", what, bar, done, total);
            System.out.flush();
        } else if (share > shown) {
            System.out.printf(Locale.ROOT, "  %s %,d of %,d%n", what, done, total);
        }
        shown = share;
    }

    void end() {
        if (terminal) {
            System.out.println();
        }
    }
}
