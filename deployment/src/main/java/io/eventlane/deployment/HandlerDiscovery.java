package io.eventlane.deployment;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

import io.eventlane.deployment.BeanMethods.BeanMethod;
import io.eventlane.deployment.Claims.Claim;

/** Finds the handlers of beans. */
final class HandlerDiscovery {

    private final IndexView index;
    private final Claims claims;
    private final Consumer<Handler> handlers;
    private final Consumer<Problem> problems;
    private final Set<DotName> visited = new HashSet<>();

    HandlerDiscovery(IndexView index, Claims claims, Consumer<Handler> handlers, Consumer<Problem> problems) {
        this.index = index;
        this.claims = claims;
        this.handlers = handlers;
        this.problems = problems;
    }

    /** Looks at all methods of a bean, its own and inherited ones. */
    void visit(String beanIdentifier, ClassInfo beanClass) {
        Hierarchy.of(beanClass, index).forEach(level -> visited.add(level.type().name()));
        for (BeanMethod candidate : BeanMethods.of(beanClass, index)) {
            visit(beanIdentifier, beanClass, candidate);
        }
    }

    /** Whether the class, or one that inherits from it, was visited as a bean. */
    boolean isVisited(ClassInfo type) {
        return visited.contains(type.name());
    }

    private void visit(String beanIdentifier, ClassInfo beanClass, BeanMethod candidate) {
        MethodInfo method = candidate.method();
        if (!MessagingAnnotations.isIncoming(method)) {
            checkWithoutIncoming(method);
            return;
        }
        Claim claim = claims.of(method);
        if (claim == Claim.SOME) {
            problems.accept(partlyClaimed(method));
        } else if (claim == Claim.ALL) {
            Handler handler = new HandlerReader(problems).read(beanIdentifier, beanClass, candidate);
            if (handler != null) {
                handlers.accept(handler);
            }
        }
    }

    private void checkWithoutIncoming(MethodInfo method) {
        if (method.hasDeclaredAnnotation(Names.EVENT_TYPE)) {
            problems.accept(Problem.of(Rule.MISPLACED_ANNOTATION, method, "@EventType stands on a method without @Incoming",
                    "Add @Incoming, or remove @EventType"));
        }
        if (MessagingAnnotations.isOutgoing(method) && !claims.isShared()) {
            problems.accept(Problem.of(Rule.MISPLACED_ANNOTATION, method,
                    "@Outgoing stands on a method without @Incoming, and methods that produce events on their own are not"
                            + " supported",
                    "Publish through an EventPublisher, from a scheduled method for example"));
        }
    }

    private Problem partlyClaimed(MethodInfo method) {
        String properties = claims.leftOut(method).stream().map(Properties::incomingConnector).sorted()
                .reduce((one, other) -> one + " and " + other).orElseThrow();
        return Problem.of(Rule.PARTLY_CLAIMED, method,
                "some of the method's channels are Eventlane's, the others quarkus-messaging's",
                "Set " + properties + " too, or split the method");
    }
}
