package io.eventlane.deployment;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

import io.eventlane.deployment.Claims.Claim;
import io.quarkus.arc.processor.DotNames;

/** Finds handlers that would never run: because their class is no bean, or because they have no body. */
final class DeadHandlers {

    private final IndexView index;
    private final Claims claims;
    private final Predicate<ClassInfo> isBean;
    private final Predicate<ClassInfo> isSwitchedOff;

    /**
     * @param isBean whether the class, or one that inherits from it, is a bean
     * @param isSwitchedOff whether the class would be a bean, had the application not switched it off: such handlers
     *        are skipped
     */
    DeadHandlers(IndexView index, Claims claims, Predicate<ClassInfo> isBean, Predicate<ClassInfo> isSwitchedOff) {
        this.index = index;
        this.claims = claims;
        this.isBean = isBean;
        this.isSwitchedOff = isSwitchedOff;
    }

    void find(Consumer<Problem> problems) {
        Stream.of(Names.INCOMING, Names.INCOMINGS)
                .flatMap(annotation -> index.getAnnotations(annotation).stream())
                .map(AnnotationInstance::target)
                .filter(target -> target != null && target.kind() == AnnotationTarget.Kind.METHOD)
                .map(AnnotationTarget::asMethod)
                .filter(method -> !method.isSynthetic() && claims.of(method) != Claim.NONE)
                .filter(method -> !isAlive(method) && !isSkipped(method.declaringClass()))
                .map(DeadHandlers::problem)
                .forEach(problems);
    }

    private boolean isAlive(MethodInfo method) {
        return isBean.test(method.declaringClass()) && !method.isAbstract();
    }

    private boolean isSkipped(ClassInfo type) {
        return isSwitchedOff.test(type) || heirs(type).stream().anyMatch(isSwitchedOff);
    }

    private List<ClassInfo> heirs(ClassInfo type) {
        return List.copyOf(type.isInterface()
                ? index.getAllKnownImplementations(type.name())
                : index.getAllKnownSubclasses(type.name()));
    }

    private static Problem problem(MethodInfo method) {
        ClassInfo type = method.declaringClass();
        if (method.isAbstract()) {
            return problem(method, "does not implement it", "Put the annotation on the method that does");
        }
        if (type.hasDeclaredAnnotation(DotNames.INTERCEPTOR) || type.hasDeclaredAnnotation(DotNames.DECORATOR)) {
            return problem(method, "is an interceptor or decorator", "Move the handler to a bean of its own");
        }
        if (Modifier.isAbstract(type.flags())) {
            return problem(method, "is abstract, and no bean inherits from it",
                    "Move the handler to a class, or add a class that inherits it");
        }
        if (type.nestingType() != ClassInfo.NestingType.TOP_LEVEL && !Modifier.isStatic(type.flags())) {
            return problem(method, "is an inner class, which is never a bean", "Make it static, or a class of its own");
        }
        return problem(method, "is no bean", "Give it one constructor, and a scope such as @ApplicationScoped");
    }

    private static Problem problem(MethodInfo method, String what, String mend) {
        return Problem.of(Rule.NO_BEAN, method, "the handler would never run: its class " + what, mend);
    }
}
