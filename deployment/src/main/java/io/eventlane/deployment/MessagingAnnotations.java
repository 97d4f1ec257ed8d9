package io.eventlane.deployment;

import java.util.ArrayList;
import java.util.List;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;

/** Reads {@code @Incoming} and {@code @Outgoing} as they stand in the class file, also where they are repeated. */
final class MessagingAnnotations {

    private MessagingAnnotations() {
    }

    static boolean isIncoming(MethodInfo method) {
        return method.hasDeclaredAnnotation(Names.INCOMING) || method.hasDeclaredAnnotation(Names.INCOMINGS);
    }

    static boolean isOutgoing(MethodInfo method) {
        return method.hasDeclaredAnnotation(Names.OUTGOING) || method.hasDeclaredAnnotation(Names.OUTGOINGS);
    }

    static boolean declaresIncoming(ClassInfo type) {
        return type.methods().stream().anyMatch(MessagingAnnotations::isIncoming);
    }

    /** The channels of {@code @Incoming}, each once. */
    static List<String> incoming(MethodInfo method) {
        return channels(method, Names.INCOMING, Names.INCOMINGS);
    }

    /** The channels of {@code @Outgoing}, each once. */
    static List<String> outgoing(MethodInfo method) {
        return channels(method, Names.OUTGOING, Names.OUTGOINGS);
    }

    private static List<String> channels(MethodInfo method, DotName single, DotName repeated) {
        List<AnnotationInstance> found = new ArrayList<>();
        AnnotationInstance one = method.declaredAnnotation(single);
        if (one != null) {
            found.add(one);
        }
        AnnotationInstance several = method.declaredAnnotation(repeated);
        if (several != null) {
            found.addAll(List.of(several.value().asNestedArray()));
        }
        return found.stream().map(annotation -> annotation.value().asString()).distinct().toList();
    }
}
