package io.eventlane.deployment;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;

import io.eventlane.deployment.Hierarchy.Level;

/** The methods of a bean: its own and those it inherits, without those it overrides. */
final class BeanMethods {

    /** A method, and where in the bean's hierarchy it is declared. */
    record BeanMethod(MethodInfo method, Level level) {

        Type resolve(Type declared) {
            return level.resolve(declared);
        }
    }

    private record Signature(String name, List<DotName> parameters) {
    }

    private BeanMethods() {
    }

    static List<BeanMethod> of(ClassInfo beanClass, IndexView index) {
        Set<Signature> seen = new HashSet<>();
        List<BeanMethod> methods = new ArrayList<>();
        for (Level level : Hierarchy.of(beanClass, index)) {
            for (MethodInfo method : level.type().methods()) {
                if (hasBodyInSource(method) && (isPrivate(method) || seen.add(signature(method, level)))) {
                    methods.add(new BeanMethod(method, level));
                }
            }
        }
        return methods;
    }

    /** Compilers copy annotations to the bridges that they make for generic methods. */
    private static boolean hasBodyInSource(MethodInfo method) {
        return !method.isSynthetic() && !method.isAbstract() && !method.isConstructor() && !method.isStaticInitializer();
    }

    private static boolean isPrivate(MethodInfo method) {
        return Modifier.isPrivate(method.flags());
    }

    private static Signature signature(MethodInfo method, Level level) {
        return new Signature(method.name(),
                method.parameterTypes().stream().map(type -> level.resolve(type).name()).toList());
    }
}
