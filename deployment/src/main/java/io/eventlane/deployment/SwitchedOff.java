package io.eventlane.deployment;

import java.util.Collection;
import java.util.function.Predicate;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

import io.quarkus.arc.deployment.TransformedAnnotationsBuildItem;
import io.quarkus.arc.processor.DotNames;

/**
 * Classes that are no beans because the application says so: by {@code @Vetoed}, which is also what a build profile
 * or property amounts to, by an alternative that is not selected, or by excluding types.
 */
final class SwitchedOff implements Predicate<ClassInfo> {

    private final TransformedAnnotationsBuildItem annotations;
    private final IndexView index;
    private final Collection<String> excluded;

    /**
     * @param excluded class names, simple class names, {@code package.*} or {@code package.**}
     */
    SwitchedOff(TransformedAnnotationsBuildItem annotations, IndexView index, Collection<String> excluded) {
        this.annotations = annotations;
        this.index = index;
        this.excluded = excluded;
    }

    @Override
    public boolean test(ClassInfo type) {
        return annotations.hasAnnotation(type, DotNames.VETOED)
                || annotations.hasAnnotation(type, DotNames.ALTERNATIVE)
                || isPackageVetoed(type)
                || excluded.stream().anyMatch(pattern -> matches(pattern, type));
    }

    private boolean isPackageVetoed(ClassInfo type) {
        ClassInfo packageInfo = index.getClassByName(DotName.createSimple(type.name().packagePrefix() + ".package-info"));
        return packageInfo != null && annotations.hasAnnotation(packageInfo, DotNames.VETOED);
    }

    private static boolean matches(String pattern, ClassInfo type) {
        String name = type.name().toString();
        String packageName = String.valueOf(type.name().packagePrefix());
        if (pattern.endsWith(".**")) {
            return name.startsWith(pattern.substring(0, pattern.length() - 2));
        }
        if (pattern.endsWith(".*")) {
            return packageName.equals(pattern.substring(0, pattern.length() - 2));
        }
        return name.equals(pattern) || type.simpleName().equals(pattern);
    }
}
