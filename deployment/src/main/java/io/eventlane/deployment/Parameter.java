package io.eventlane.deployment;

import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodParameterInfo;
import org.jboss.jandex.Type;

/**
 * A parameter of a handler.
 *
 * @param type its type as the bean sees it: no type variables of superclasses, no wildcards
 */
record Parameter(MethodParameterInfo declaration, Type type) {

    boolean isAnnotated(DotName annotation) {
        return declaration.hasAnnotation(annotation);
    }

    boolean is(DotName typeName) {
        return type.name().equals(typeName);
    }

    /** The declared type arguments, where wildcards still are wildcards. */
    boolean isOfAnything() {
        Type declared = declaration.type();
        return declared.kind() != Type.Kind.PARAMETERIZED_TYPE
                || declared.asParameterizedType().arguments().getFirst().kind() == Type.Kind.WILDCARD_TYPE;
    }

    Problem problem(Rule rule, String what, String mend) {
        return Problem.of(rule, declaration.method(), what, mend);
    }

    @Override
    public String toString() {
        return "parameter " + (declaration.position() + 1) + " (" + type + ")";
    }
}
