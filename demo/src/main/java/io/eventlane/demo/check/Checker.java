package io.eventlane.demo.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.eventlane.journal.Entry;
import io.eventlane.journal.EventHistory;
import io.eventlane.journal.JournalReader;
import io.eventlane.journal.KeyHistory;
import io.eventlane.journal.Run;

/** Judges a journal. */
public final class Checker {

    private static final int MOST_FINDINGS = 10;

    private Checker() {
    }

    /**
     * Prints what the journals in a directory say. Ends with 0 when nothing was lost, doubled or out of order, else
     * with 1.
     *
     * @param args the directory, and optionally {@code --duplicates-allowed}
     */
    public static void main(String[] args) throws IOException {
        if (args.length == 0) {
            System.err.println("Usage: Checker <directory with journals> [--duplicates-allowed]");
            System.exit(2);
        }
        Report report = check(Path.of(args[0]));
        print(report);
        System.exit(report.isGood(List.of(args).contains("--duplicates-allowed")) ? 0 : 1);
    }

    /** What the journals in a directory say. */
    public static Report check(Path directory) throws IOException {
        return check(JournalReader.read(directory));
    }

    /** Prints a report as a table. */
    public static void print(Report report) {
        String channels = report.events().entrySet().stream().map(e -> "%,d %s".formatted(e.getValue(), e.getKey()))
                .collect(Collectors.joining(", "));
        System.out.printf(Locale.ROOT, "  events            %,d (%s)%n", report.total(), channels);
        System.out.printf(Locale.ROOT, "  seconds           %.1f%n", report.seconds());
        System.out.printf(Locale.ROOT, "  events/s          %,.0f%n", report.handled() / Math.max(report.seconds(), 1e-9));
        System.out.printf(Locale.ROOT, "  end-to-end        p50 %,.1f ms, p99 %,.1f ms%n", report.p50Millis(),
                report.p99Millis());
        System.out.printf(Locale.ROOT, "  most concurrent   %,d handlers%n", report.mostConcurrent());
        System.out.printf(Locale.ROOT, "  inversions        %,d%n", report.inversions());
        System.out.printf(Locale.ROOT, "  lost              %,d%n", report.lost());
        System.out.printf(Locale.ROOT, "  duplicated        %,d%n", report.duplicated());
        if (report.overlaps() > 0) {
            System.out.printf(Locale.ROOT, "  overlaps between processes  %,d%n", report.overlaps());
        }
        report.findings().forEach(finding -> System.out.println("    " + finding));
    }

    static Report check(List<Entry> entries) {
        Map<String, KeyHistory> keys = KeyHistory.of(entries);
        List<EventHistory> events = keys.values().stream().flatMap(key -> key.events().stream()).toList();
        List<Run> runs = events.stream().flatMap(event -> event.runs().stream()).toList();
        List<String> lost = new ArrayList<>();
        List<String> inversions = new ArrayList<>();
        Map<String, Long> perChannel = new TreeMap<>();
        keys.forEach((key, history) -> {
            history.lost().forEach(position -> lost.add("lost: " + key + " (" + position + ")"));
            history.inversions().values().forEach(inversion -> inversions.add("inversion: " + inversion));
            perChannel.merge(key.substring(0, key.indexOf(' ')), history.events().size() + history.neverStarted(), Long::sum);
        });
        long[] latencies = events.stream().filter(EventHistory::isHandled)
                .mapToLong(event -> event.firstFinish() - event.made()).sorted().toArray();
        return new Report(
                perChannel,
                entries.stream().filter(entry -> entry.what() == Entry.What.PUBLISHED)
                        .collect(Collectors.groupingBy(Entry::channel, TreeMap::new, Collectors.counting())),
                latencies.length,
                lost.size(),
                runs.size() - events.size(),
                inversions.size(),
                keys.values().stream().mapToLong(KeyHistory::overlapsBetweenProcesses).sum(),
                mostConcurrent(runs),
                seconds(events, runs),
                percentileMillis(latencies, 50),
                percentileMillis(latencies, 99),
                Stream.concat(lost.stream(), inversions.stream()).limit(MOST_FINDINGS).toList());
    }

    private static int mostConcurrent(List<Run> runs) {
        long[] starts = runs.stream().mapToLong(Run::start).sorted().toArray();
        long[] ends = runs.stream().mapToLong(Run::end).sorted().toArray();
        int most = 0;
        int ended = 0;
        for (int started = 0; started < starts.length; started++) {
            while (ended < ends.length && ends[ended] <= starts[started]) {
                ended++;
            }
            most = Math.max(most, started + 1 - ended);
        }
        return most;
    }

    private static double seconds(List<EventHistory> events, List<Run> runs) {
        long first = events.stream().mapToLong(EventHistory::made).min().orElse(0);
        return (runs.stream().mapToLong(Run::end).max().orElse(first) - first) / 1e9;
    }

    private static double percentileMillis(long[] sorted, int percent) {
        return sorted.length == 0 ? 0 : sorted[(int) ((sorted.length - 1) * (long) percent / 100)] / 1e6;
    }
}
