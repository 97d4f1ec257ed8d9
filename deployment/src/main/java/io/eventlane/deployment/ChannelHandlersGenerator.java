package io.eventlane.deployment;

import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;

import io.eventlane.runtime.ChannelHandlers;
import io.eventlane.runtime.HandlerInvoker;
import io.quarkus.gizmo2.Const;
import io.quarkus.gizmo2.Gizmo;
import io.quarkus.gizmo2.ParamVar;
import io.quarkus.gizmo2.creator.BlockCreator;
import io.quarkus.gizmo2.creator.ClassCreator;
import io.quarkus.gizmo2.desc.ConstructorDesc;
import io.quarkus.gizmo2.desc.FieldDesc;

/**
 * Generates the {@link ChannelHandlers} of a channel:
 *
 * <pre>
 * public HandlerInvoker select(String eventType) {
 *     if (eventType == null) {
 *         return handler2;
 *     }
 *     switch (eventType) {
 *         case "order.paid":
 *             return handler0;
 *         case "order.placed":
 *             return handler1;
 *         default:
 *             return handler2;
 *     }
 * }
 * </pre>
 */
final class ChannelHandlersGenerator {

    private static final ConstructorDesc SUPER = ConstructorDesc.of(ChannelHandlers.class, String.class, boolean.class,
            HandlerInvoker[].class);

    private final Gizmo gizmo;

    ChannelHandlersGenerator(Gizmo gizmo) {
        this.gizmo = gizmo;
    }

    /**
     * @return the class, whose constructor takes the invokers in the order of the handlers as an array
     */
    ClassDesc generate(String name, String channel, List<Handler> handlers) {
        boolean byType = handlers.stream().anyMatch(handler -> handler.eventType() != null);
        return gizmo.class_(name, type -> {
            type.public_();
            type.final_();
            type.extends_(ChannelHandlers.class);
            List<FieldDesc> fields = fields(type, handlers.size());
            generateConstructor(type, channel, byType, fields);
            generateSelect(type, handlers, fields);
        });
    }

    private static List<FieldDesc> fields(ClassCreator type, int count) {
        List<FieldDesc> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            fields.add(type.field("handler" + i, field -> {
                field.private_();
                field.final_();
                field.setType(HandlerInvoker.class);
            }));
        }
        return fields;
    }

    private static void generateConstructor(ClassCreator type, String channel, boolean byType, List<FieldDesc> fields) {
        type.constructor(constructor -> {
            constructor.public_();
            ParamVar invokers = constructor.parameter("invokers", HandlerInvoker[].class);
            constructor.body(code -> {
                code.invokeSpecial(SUPER, type.this_(), Const.of(channel), Const.of(byType), invokers);
                for (int i = 0; i < fields.size(); i++) {
                    code.set(type.this_().field(fields.get(i)), invokers.elem(i));
                }
                code.return_();
            });
        });
    }

    private static void generateSelect(ClassCreator type, List<Handler> handlers, List<FieldDesc> fields) {
        type.method("select", method -> {
            method.public_();
            method.returning(HandlerInvoker.class);
            ParamVar eventType = method.parameter("eventType", String.class);
            method.body(code -> {
                List<Integer> typed = new ArrayList<>();
                List<Integer> untyped = new ArrayList<>();
                for (int i = 0; i < handlers.size(); i++) {
                    (handlers.get(i).eventType() == null ? untyped : typed).add(i);
                }
                if (!typed.isEmpty()) {
                    code.ifNull(eventType, isNull -> returnFallback(isNull, type, fields, untyped));
                    code.switch_(eventType, cases -> {
                        typed.forEach(i -> cases.caseOf(String.valueOf(handlers.get(i).eventType()),
                                match -> match.return_(type.this_().field(fields.get(i)))));
                        cases.default_(noMatch -> returnFallback(noMatch, type, fields, untyped));
                    });
                } else {
                    returnFallback(code, type, fields, untyped);
                }
            });
        });
    }

    private static void returnFallback(BlockCreator code, ClassCreator type, List<FieldDesc> fields, List<Integer> untyped) {
        if (untyped.isEmpty()) {
            code.returnNull();
        } else {
            code.return_(type.this_().field(fields.get(untyped.getFirst())));
        }
    }
}
