package io.eventlane.deployment;

import java.lang.reflect.Modifier;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.IndexView;

import io.quarkus.arc.deployment.AutoAddScopeBuildItem;
import io.quarkus.arc.deployment.BeanArchiveIndexBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.arc.processor.BuiltinScope;
import io.quarkus.arc.processor.DotNames;
import io.quarkus.deployment.annotations.BuildStep;

/** Sees to it that classes with handlers are beans, and stay. */
final class HandlerBeanProcessor {

    @BuildStep
    AutoAddScopeBuildItem defaultScope(ClaimsBuildItem item) {
        Claims claims = item.claims;
        return AutoAddScopeBuildItem.builder()
                .match((type, annotations, index) -> canBeBean(type) && hasHandlers(type, claims, index))
                .defaultScope(BuiltinScope.SINGLETON)
                .unremovable()
                .reason("Found event handlers")
                .build();
    }

    private static boolean canBeBean(ClassInfo type) {
        return !Modifier.isAbstract(type.flags()) && !type.hasDeclaredAnnotation(DotNames.INTERCEPTOR)
                && !type.hasDeclaredAnnotation(DotNames.DECORATOR);
    }

    /** A subclass of a concrete class with handlers is left alone: it would handle each event a second time. */
    private static boolean hasHandlers(ClassInfo type, Claims claims, IndexView index) {
        return Hierarchy.of(type, index).stream()
                .map(Hierarchy.Level::type)
                .filter(level -> level.equals(type) || Modifier.isAbstract(level.flags()))
                .anyMatch(level -> level.methods().stream().anyMatch(claims::isOurs));
    }

    @BuildStep
    UnremovableBeanBuildItem unremovable(ClaimsBuildItem item, BeanArchiveIndexBuildItem beanArchive) {
        Claims claims = item.claims;
        return new UnremovableBeanBuildItem(bean -> bean.isClassBean()
                && BeanMethods.of(bean.getTarget().orElseThrow().asClass(), beanArchive.getIndex()).stream()
                        .anyMatch(method -> claims.isOurs(method.method())));
    }
}
