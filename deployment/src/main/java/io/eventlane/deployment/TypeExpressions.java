package io.eventlane.deployment;

import java.lang.reflect.Type;
import java.util.List;

import org.jboss.jandex.gizmo2.Jandex2Gizmo;

import io.quarkus.arc.impl.GenericArrayTypeImpl;
import io.quarkus.arc.impl.ParameterizedTypeImpl;
import io.quarkus.gizmo2.Const;
import io.quarkus.gizmo2.Expr;
import io.quarkus.gizmo2.creator.BlockCreator;
import io.quarkus.gizmo2.desc.ConstructorDesc;

/**
 * Writes types as code. Classes become class constants, so that the code finds them without reflection; it must
 * therefore stand in a package that sees them.
 */
final class TypeExpressions {

    private static final ConstructorDesc PARAMETERIZED = ConstructorDesc.of(ParameterizedTypeImpl.class, Type.class,
            Type[].class);
    private static final ConstructorDesc GENERIC_ARRAY = ConstructorDesc.of(GenericArrayTypeImpl.class, Type.class);

    private TypeExpressions() {
    }

    static Expr write(BlockCreator code, org.jboss.jandex.Type type) {
        return switch (type.kind()) {
            case PARAMETERIZED_TYPE -> {
                List<Expr> arguments = type.asParameterizedType().arguments().stream()
                        .map(argument -> (Expr) code.localVar("argument", Type.class, write(code, argument)))
                        .toList();
                yield code.new_(PARAMETERIZED, Const.of(Jandex2Gizmo.classDescOf(type.name())),
                        code.newArray(Type.class, arguments));
            }
            case ARRAY -> isGeneric(type.asArrayType().elementType())
                    ? code.new_(GENERIC_ARRAY, write(code, type.asArrayType().componentType()))
                    : Const.of(Jandex2Gizmo.classDescOf(type));
            default -> Const.of(Jandex2Gizmo.classDescOf(type));
        };
    }

    private static boolean isGeneric(org.jboss.jandex.Type type) {
        return type.kind() == org.jboss.jandex.Type.Kind.PARAMETERIZED_TYPE;
    }
}
