package io.eventlane.deployment;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import org.eclipse.microprofile.reactive.messaging.Acknowledgment.Strategy;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.MethodParameterInfo;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

import io.eventlane.deployment.BeanMethods.BeanMethod;
import io.eventlane.deployment.Binding.Role;

/** Makes a {@link Handler} of an annotated method, or says why it cannot be one. */
final class HandlerReader {

    private final Consumer<Problem> problems;
    private boolean valid;

    HandlerReader(Consumer<Problem> problems) {
        this.problems = problems;
    }

    /**
     * @return {@code null} when a problem was reported
     */
    @Nullable
    Handler read(String beanIdentifier, ClassInfo beanClass, BeanMethod candidate) {
        valid = true;
        MethodInfo method = candidate.method();
        checkAccess(beanClass, method);
        List<String> incoming = MessagingAnnotations.incoming(method);
        List<String> outgoing = MessagingAnnotations.outgoing(method);
        checkNames(method, incoming, "@Incoming");
        checkNames(method, outgoing, "@Outgoing");
        String eventType = eventType(method);
        List<Binding> bindings = bind(candidate);
        Payload payload = payload(method, bindings);
        boolean message = count(bindings, Role.MESSAGE) > 0;
        checkAcknowledgment(method, message);
        Type result = result(candidate, !outgoing.isEmpty());
        if (!valid) {
            return null;
        }
        return new Handler(beanIdentifier, beanClass, method, incoming, outgoing, eventType, payload, message,
                bindings.stream().map(Binding::argument).toList(), result);
    }

    private void report(Problem problem) {
        valid = false;
        problems.accept(problem);
    }

    // Access

    private void checkAccess(ClassInfo beanClass, MethodInfo method) {
        int flags = method.flags();
        if (Modifier.isPrivate(flags)) {
            report(Problem.of(Rule.INACCESSIBLE_HANDLER, method, "the handler is private, so that nothing can call it",
                    "Make it package-private"));
        } else if (Modifier.isStatic(flags)) {
            report(Problem.of(Rule.INACCESSIBLE_HANDLER, method, "the handler is static, but handlers belong to a bean",
                    "Make it an instance method"));
        } else if (!Modifier.isPublic(flags) && !samePackage(beanClass, method.declaringClass())) {
            report(Problem.of(Rule.INACCESSIBLE_HANDLER, method,
                    "the handler is not public, but " + beanClass.name() + " inherits it from another package",
                    "Make it public"));
        }
        if (!method.typeParameters().isEmpty()) {
            report(Problem.of(Rule.UNRESOLVED_TYPE, method, "the handler has type parameters of its own",
                    "Name the types, or move the type parameters to a superclass"));
        }
    }

    private static boolean samePackage(ClassInfo one, ClassInfo other) {
        return Objects.equals(one.name().packagePrefix(), other.name().packagePrefix());
    }

    // Annotations

    private void checkNames(MethodInfo method, List<String> channels, String annotation) {
        if (channels.stream().anyMatch(String::isBlank)) {
            report(Problem.of(Rule.BLANK_NAME, method, annotation + " has a blank channel", "Name the channel"));
        }
    }

    private @Nullable String eventType(MethodInfo method) {
        AnnotationInstance annotation = method.declaredAnnotation(Names.EVENT_TYPE);
        if (annotation == null) {
            return null;
        }
        String type = annotation.value().asString();
        if (type.isBlank()) {
            report(Problem.of(Rule.BLANK_NAME, method, "@EventType is blank", "Name the event type, or remove @EventType"));
        }
        return type;
    }

    private void checkAcknowledgment(MethodInfo method, boolean message) {
        AnnotationInstance annotation = method.declaredAnnotation(Names.ACKNOWLEDGMENT);
        if (annotation == null) {
            return;
        }
        String strategy = annotation.value().asEnum();
        switch (Strategy.valueOf(strategy)) {
            case MANUAL -> {
                if (!message) {
                    reportAcknowledgment(method, strategy, "stands on a handler that has nothing to acknowledge with",
                            "Take a Message<T> and call its ack(), or remove @Acknowledgment: the event is acknowledged when the"
                                    + " handler has finished");
                }
            }
            case POST_PROCESSING -> {
                if (message) {
                    reportAcknowledgment(method, strategy, "stands on a handler whose Message says when the event is done",
                            "Remove @Acknowledgment, or take an Event<T> instead of the Message");
                }
            }
            case PRE_PROCESSING, NONE -> reportAcknowledgment(method, strategy,
                    "is not supported: an event that is acknowledged before it is handled can be lost",
                    "Remove @Acknowledgment: the event is acknowledged when the handler has finished, or by the Message<T> that"
                            + " it takes");
        }
    }

    private void reportAcknowledgment(MethodInfo method, String strategy, String what, String mend) {
        report(Problem.of(Rule.CONTRADICTING_ACKNOWLEDGMENT, method, "@Acknowledgment(" + strategy + ") " + what, mend));
    }

    // Signature

    private List<Binding> bind(BeanMethod candidate) {
        List<Binding> bindings = new ArrayList<>();
        for (MethodParameterInfo declaration : candidate.method().parameters()) {
            Parameter parameter = new Parameter(declaration, candidate.resolve(declaration.type()));
            if (Hierarchy.isUnresolved(parameter.type())) {
                report(parameter.problem(Rule.UNRESOLVED_TYPE, parameter + " has a type that is not known",
                        "Name the type, or give the bean's superclass its type arguments"));
                continue;
            }
            Binding binding = ParameterKind.bindFirst(parameter, this::report);
            if (binding != null) {
                bindings.add(binding);
            }
        }
        return bindings;
    }

    private Payload payload(MethodInfo method, List<Binding> bindings) {
        if (count(bindings, Role.MESSAGE) > 1) {
            report(Problem.of(Rule.SEVERAL_PAYLOADS, method, "the handler has several Message parameters", "Keep one"));
        }
        if (count(bindings, Role.PAYLOAD) > 1) {
            report(Problem.of(Rule.SEVERAL_PAYLOADS, method, "the handler has several payload parameters",
                    "Keep one; take the others as @Key, @Header or Event<?>"));
            return Payload.BYTES;
        }
        List<Payload> wanted = bindings.stream().map(Binding::payload).filter(Objects::nonNull).distinct().toList();
        if (wanted.size() > 1) {
            report(Problem.of(Rule.SEVERAL_PAYLOADS, method,
                    "the handler's parameters want the payload as different types",
                    "Take Event<?> beside the payload, or only the Event"));
        }
        return wanted.isEmpty() ? Payload.BYTES : wanted.getFirst();
    }

    private static long count(List<Binding> bindings, Role role) {
        return bindings.stream().filter(binding -> binding.role() == role).count();
    }

    private @Nullable Type result(BeanMethod candidate, boolean publishes) {
        Type type = candidate.resolve(candidate.method().returnType());
        if (publishes) {
            return Results.published(candidate.method(), type, this::report);
        }
        Results.checkIgnored(candidate.method(), type, this::report);
        return null;
    }
}
