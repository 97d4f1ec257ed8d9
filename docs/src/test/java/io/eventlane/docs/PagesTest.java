package io.eventlane.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

/** What the pages name exists: pages, sections, properties, classes, build errors. */
class PagesTest {

    private static final Path PAGES = Path.of("modules/ROOT/pages");
    private static final Path REFERENCE = PAGES.resolve("includes/quarkus-eventlane.adoc");
    private static final List<Path> SOURCES = List.of(Path.of("../runtime/src"), Path.of("../deployment/src"));

    private static final Pattern XREF = Pattern.compile("xref:([a-z-]+\\.adoc)(?:#([\\w-]+))?\\[");
    private static final Pattern PROPERTY = Pattern.compile("quarkus\\.eventlane\\.[\\w.\"<>-]*[\\w>\"]");
    private static final Pattern DOCUMENTED_PROPERTY = Pattern.compile("link:#[\\w-]+\\[`\\+\\+\\+(quarkus[^+]+)\\+\\+\\+`]");
    private static final Pattern CHANNEL = Pattern.compile("(?<=(incoming|outgoing)\\.)(\"[^\"]+\"|[^.]+)(?=\\.)");
    private static final Pattern TOPIC = Pattern.compile("(?<=eventlane\\.topic\\.)(\"[^\"]+\"|[^.]+)(?=\\.)");
    private static final Pattern CODE = Pattern.compile("`@?([A-Z][A-Za-z0-9]*)(?:#(\\w+))?`");
    private static final Pattern RULE = Pattern.compile("EVL\\d{3}");

    /** Mistakes that the page about configuration shows on purpose. */
    private static final String MISTAKE = "max-concurency";

    @Test
    void whenAPageRefersToAPageOrSection_thenItExists() {
        List<String> broken = new ArrayList<>();
        for (Path page : pagesAndNavigation()) {
            for (MatchResult xref : find(XREF, text(page))) {
                Path target = PAGES.resolve(xref.group(1));
                String section = xref.group(2);
                if (!Files.exists(target) || section != null && !sections(text(target)).contains(section)) {
                    broken.add(page.getFileName() + ": " + xref.group());
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void whenThereIsAPage_thenTheNavigationLeadsToIt() {
        Set<String> linked = find(XREF, text(PAGES.resolveSibling("nav.adoc"))).stream().map(xref -> xref.group(1))
                .collect(Collectors.toSet());

        assertThat(pages()).extracting(page -> page.getFileName().toString()).allMatch(linked::contains);
    }

    @Test
    void whenAPageNamesAProperty_thenItExists() {
        Set<String> known = documentedProperties();
        List<String> unknown = new ArrayList<>();
        for (Path page : pages()) {
            for (MatchResult named : find(PROPERTY, text(page))) {
                String property = TOPIC.matcher(CHANNEL.matcher(named.group()).replaceFirst("\"channel\""))
                        .replaceFirst("\"topic\"");
                if (!known.contains(property) && !isPassedThrough(property) && !isPrefix(property, known)
                        && !property.contains(MISTAKE)) {
                    unknown.add(page.getFileName() + ": " + named.group());
                }
            }
        }
        assertThat(known).isNotEmpty();
        assertThat(unknown).isEmpty();
    }

    @Test
    void whenThereIsAProperty_thenTheReferenceDescribesIt() {
        List<String> undescribed = Stream.of(text(REFERENCE).split("\\[\\.description]\\n--\\n")).skip(1)
                .filter(description -> description.isBlank() || description.startsWith("\n"))
                .toList();

        assertThat(undescribed).isEmpty();
    }

    @Test
    void whenTheConfigurationHasChanged_thenSoHasTheReference() {
        Path generated = Path.of(System.getProperty("reference.directory")).resolve(REFERENCE.getFileName());

        assertThat(text(REFERENCE)).as("%s: build at your desk, without CI set, and commit what it writes", REFERENCE)
                .isEqualTo(text(generated));
    }

    @Test
    void whenThePageAboutArchitectureNamesAClass_thenItExists() {
        Set<String> known = classes();
        List<String> unknown = find(CODE, text(PAGES.resolve("architecture.adoc"))).stream().map(code -> code.group(1))
                .filter(Predicate.not(known::contains)).toList();

        assertThat(known).isNotEmpty();
        assertThat(unknown).isEmpty();
    }

    @Test
    void whenThereIsABuildError_thenThePageAboutHandlersExplainsIt() {
        String rules = text(Path.of("../deployment/src/main/java/io/eventlane/deployment/Rule.java"));
        String page = text(PAGES.resolve("handlers.adoc"));
        String table = page.substring(page.indexOf("[#problems]"));

        assertThat(ids(table)).isNotEmpty().isEqualTo(ids(rules));
    }

    private static Set<String> ids(String text) {
        return find(RULE, text).stream().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> documentedProperties() {
        return find(DOCUMENTED_PROPERTY, text(REFERENCE)).stream().map(property -> property.group(1))
                .collect(Collectors.toSet());
    }

    private static boolean isPassedThrough(String property) {
        String incoming = "quarkus.eventlane.incoming.\"channel\".";
        String outgoing = "quarkus.eventlane.outgoing.\"channel\".";
        return property.startsWith(incoming) && isPassedThrough(property, incoming, ConsumerConfig.configNames())
                || property.startsWith(outgoing) && isPassedThrough(property, outgoing, ProducerConfig.configNames());
    }

    private static boolean isPassedThrough(String property, String prefix, Set<String> names) {
        String name = property.substring(prefix.length());
        return names.contains(name) || name.startsWith("properties.");
    }

    private static boolean isPrefix(String property, Set<String> known) {
        String shortened = property.replaceFirst("(?<=\\.(incoming|outgoing))\\.[^.]+$", "");
        return known.stream().anyMatch(name -> name.startsWith(shortened + "."));
    }

    /** Our classes by their names, and those of others that the page mentions. */
    private static Set<String> classes() {
        Set<String> names = new TreeSet<>(Set.of("Incoming", "Outgoing", "Message", "KafkaConsumer", "Uni", "CompletionStage",
                "ConsumerRecord"));
        for (Path source : SOURCES) {
            try (Stream<Path> files = Files.walk(source)) {
                files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java"))
                        .forEach(name -> names.add(name.substring(0, name.length() - ".java".length())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return names;
    }

    /** Explicit ids, and those that Asciidoctor makes of titles. */
    private static Set<String> sections(String page) {
        Set<String> ids = find(Pattern.compile("(?m)^\\[#([\\w-]+)]"), page).stream().map(id -> id.group(1))
                .collect(Collectors.toSet());
        find(Pattern.compile("(?m)^==+ (.+)$"), page).forEach(
                title -> ids.add("_" + title.group(1).toLowerCase().replaceAll("[^\\w .-]", "").replaceAll("[ .-]+", "_")));
        return ids;
    }

    private static List<Path> pages() {
        try (Stream<Path> files = Files.list(PAGES)) {
            return files.filter(file -> file.toString().endsWith(".adoc")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> pagesAndNavigation() {
        return Stream.concat(pages().stream(), Stream.of(PAGES.resolveSibling("nav.adoc"))).toList();
    }

    private static List<MatchResult> find(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
