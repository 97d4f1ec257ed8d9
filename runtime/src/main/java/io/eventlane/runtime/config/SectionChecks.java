package io.eventlane.runtime.config;

import java.util.Collection;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.eventlane.channel.NearestName;

/** Finds properties that nothing reads, but for those of channels, whose connectors know more names. */
final class SectionChecks {

    private static final Pattern CONNECTION = Pattern.compile("jetstream\\.(.+?)(\\[\\d+])?");
    private static final Pattern TOPIC = Pattern.compile("topic\\.(\"[^\"]*\"|[^.\"]+)\\.(.+)");

    private final String prefix;
    private final Set<String> sections;
    private final Problems problems;

    SectionChecks(String prefix, Set<String> sections, Problems problems) {
        this.prefix = prefix;
        this.sections = sections;
        this.problems = problems;
    }

    /**
     * @param property one that begins with the prefix
     */
    void check(String property) {
        String name = property.substring(prefix.length());
        String section = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        Matcher connection = CONNECTION.matcher(name);
        Matcher topic = TOPIC.matcher(name);
        if (connection.matches()) {
            check(property, connection.group(1), ConnectionChecks.ATTRIBUTES, prefix + "jetstream.", "");
        } else if (topic.matches()) {
            String attribute = topic.group(2);
            check(property, attribute, TopicChecks.ATTRIBUTES, prefix + "topic." + topic.group(1) + ".",
                    attribute.contains(".") ? "; a topic with a dot in its name is put in quotation marks" : "");
        } else {
            check(property, section, sections, prefix, "");
        }
    }

    /**
     * The environment knows no hyphens: what it sets is taken where it can be meant.
     *
     * @param hint for where no name is near
     */
    private void check(String property, String name, Collection<String> known, String before, String hint) {
        boolean isKnown = known.stream().anyMatch(one -> one.replace('.', '-').equals(name.replace('.', '-')));
        problems.require(isKnown, property,
                "is not known" + NearestName.of(name, known).map(near -> "; did you mean " + before + near + "?").orElse(hint));
    }
}
