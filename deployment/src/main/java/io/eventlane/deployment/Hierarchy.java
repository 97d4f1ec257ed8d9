package io.eventlane.deployment;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jboss.jandex.ArrayType;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.ParameterizedType;
import org.jboss.jandex.Type;
import org.jboss.jandex.TypeVariable;
import org.jboss.jandex.WildcardType;

/**
 * A class with everything it inherits from, each with its type variables bound as seen from the class: in
 * {@code class Orders extends Base<Order>}, the {@code T} of {@code Base} is {@code Order}.
 */
final class Hierarchy {

    /** A class or interface, and what its type variables stand for. */
    record Level(ClassInfo type, Map<String, Type> variables) {

        Type resolve(Type declared) {
            return Hierarchy.resolve(declared, variables);
        }
    }

    private final IndexView index;
    private final List<Level> classes = new ArrayList<>();
    private final Deque<Level> interfaces = new ArrayDeque<>();
    private final Set<DotName> seen = new HashSet<>();

    private Hierarchy(IndexView index) {
        this.index = index;
    }

    /** The class, its superclasses from near to far, then its interfaces, an extending one before the one it extends. */
    static List<Level> of(ClassInfo type, IndexView index) {
        Hierarchy hierarchy = new Hierarchy(index);
        hierarchy.addClass(new Level(type, Map.of()));
        hierarchy.classes.reversed().forEach(hierarchy::addInterfaces);
        List<Level> levels = new ArrayList<>(hierarchy.classes);
        levels.addAll(hierarchy.interfaces);
        return levels;
    }

    private void addClass(Level level) {
        classes.add(level);
        Type superType = level.type().superClassType();
        if (superType != null && !superType.name().equals(Names.OBJECT)) {
            ClassInfo superClass = index.getClassByName(superType.name());
            if (superClass != null) {
                addClass(new Level(superClass, bind(superClass, level.resolve(superType))));
            }
        }
    }

    private void addInterfaces(Level level) {
        for (Type interfaceType : level.type().interfaceTypes()) {
            ClassInfo found = index.getClassByName(interfaceType.name());
            if (found != null && seen.add(found.name())) {
                Level above = new Level(found, bind(found, level.resolve(interfaceType)));
                addInterfaces(above);
                interfaces.addFirst(above);
            }
        }
    }

    private static Map<String, Type> bind(ClassInfo generic, Type use) {
        if (use.kind() != Type.Kind.PARAMETERIZED_TYPE) {
            return Map.of();
        }
        List<TypeVariable> variables = generic.typeParameters();
        List<Type> arguments = use.asParameterizedType().arguments();
        Map<String, Type> bound = new HashMap<>();
        for (int i = 0; i < variables.size(); i++) {
            bound.put(variables.get(i).identifier(), arguments.get(i));
        }
        return bound;
    }

    /** Puts types in the place of variables, and bounds in the place of wildcards: a payload is decoded to its bound. */
    private static Type resolve(Type type, Map<String, Type> variables) {
        return switch (type.kind()) {
            case TYPE_VARIABLE -> variables.getOrDefault(type.asTypeVariable().identifier(), type);
            case WILDCARD_TYPE -> resolve(bound(type.asWildcardType()), variables);
            case ARRAY -> {
                ArrayType array = type.asArrayType();
                yield ArrayType.create(resolve(array.elementType(), variables), array.deepDimensions());
            }
            case PARAMETERIZED_TYPE -> {
                ParameterizedType generic = type.asParameterizedType();
                Type[] arguments = generic.arguments().stream().map(argument -> resolve(argument, variables))
                        .toArray(Type[]::new);
                yield ParameterizedType.create(generic.name(), arguments, generic.owner());
            }
            default -> type;
        };
    }

    private static Type bound(WildcardType wildcard) {
        return wildcard.superBound() == null ? wildcard.extendsBound() : wildcard.superBound();
    }

    /** Whether a type variable is left that nothing stands for. */
    static boolean isUnresolved(Type type) {
        return switch (type.kind()) {
            case TYPE_VARIABLE, UNRESOLVED_TYPE_VARIABLE, TYPE_VARIABLE_REFERENCE -> true;
            case ARRAY -> isUnresolved(type.asArrayType().elementType());
            case PARAMETERIZED_TYPE -> type.asParameterizedType().arguments().stream().anyMatch(Hierarchy::isUnresolved);
            default -> false;
        };
    }
}
