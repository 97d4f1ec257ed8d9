package io.eventlane.deployment;

import java.lang.constant.ClassDesc;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

import org.jboss.jandex.gizmo2.Jandex2Gizmo;
import org.jspecify.annotations.Nullable;

import io.eventlane.Event;
import io.eventlane.runtime.HandlerInvoker;
import io.eventlane.runtime.HandlerMethod;
import io.quarkus.gizmo2.Const;
import io.quarkus.gizmo2.Expr;
import io.quarkus.gizmo2.Gizmo;
import io.quarkus.gizmo2.ParamVar;
import io.quarkus.gizmo2.creator.BlockCreator;
import io.quarkus.gizmo2.creator.ClassCreator;
import io.quarkus.gizmo2.desc.ClassMethodDesc;
import io.quarkus.gizmo2.desc.ConstructorDesc;
import io.quarkus.gizmo2.desc.FieldDesc;

/**
 * Generates the {@link HandlerInvoker} of a handler, in the package of its bean, so that the call is direct where the
 * method or the types of its parameters are package-private:
 *
 * <pre>
 * public final class Orders_EventlaneInvoker_onOrder extends HandlerInvoker {
 *
 *     private final Orders bean;
 *
 *     public Orders_EventlaneInvoker_onOrder(Object bean) {
 *         super(new HandlerMethod("com.acme.Orders#onOrder", Order.class, false, false, null, List.of()));
 *         this.bean = (Orders) bean;
 *     }
 *
 *     public Object invoke(Event event) {
 *         bean.onOrder((Order) event.payload(), event.key());
 *         return null;
 *     }
 * }
 * </pre>
 *
 * A parameter of the type {@code Message} gets {@code (Message) event}.
 */
final class InvokerGenerator {

    private static final ConstructorDesc SUPER = ConstructorDesc.of(HandlerInvoker.class, HandlerMethod.class);
    private static final ConstructorDesc HANDLER_METHOD = ConstructorDesc.of(HandlerMethod.class, String.class, Type.class,
            boolean.class, boolean.class, String.class, List.class);

    private final Gizmo gizmo;

    InvokerGenerator(Gizmo gizmo) {
        this.gizmo = gizmo;
    }

    /**
     * @param name the name of the class, in the package of the bean
     * @return the class, whose constructor takes the bean as {@code Object}
     */
    ClassDesc generate(String name, Handler handler) {
        ClassDesc beanClass = Jandex2Gizmo.classDescOf(handler.beanClass());
        return gizmo.class_(name, type -> {
            type.public_();
            type.final_();
            type.extends_(HandlerInvoker.class);
            FieldDesc bean = type.field("bean", field -> {
                field.private_();
                field.final_();
                field.setType(beanClass);
            });
            generateConstructor(type, bean, beanClass, handler);
            generateInvoke(type, bean, beanClass, handler);
        });
    }

    private static void generateConstructor(ClassCreator type, FieldDesc bean, ClassDesc beanClass, Handler handler) {
        type.constructor(constructor -> {
            constructor.public_();
            ParamVar reference = constructor.parameter("bean", Object.class);
            constructor.body(code -> {
                Expr method = code.localVar("method", HandlerMethod.class, handlerMethod(code, handler));
                code.invokeSpecial(SUPER, type.this_(), method);
                code.set(type.this_().field(bean), code.cast(reference, beanClass));
                code.return_();
            });
        });
    }

    private static Expr handlerMethod(BlockCreator code, Handler handler) {
        Expr payloadType = code.localVar("payloadType", Type.class, TypeExpressions.write(code, handler.payload().type()));
        Expr outgoing = code.localVar("outgoing", List.class, code.listOf(handler.outgoing(), Const::of));
        return code.new_(HANDLER_METHOD,
                Const.of(handler.description()),
                payloadType,
                Const.of(handler.payload().envelope()),
                Const.of(handler.message()),
                constant(handler.eventType()),
                outgoing);
    }

    private static Const constant(@Nullable String value) {
        return value == null ? Const.ofNull(String.class) : Const.of(value);
    }

    private static void generateInvoke(ClassCreator type, FieldDesc bean, ClassDesc beanClass, Handler handler) {
        ClassMethodDesc target = ClassMethodDesc.of(beanClass, handler.method().name(),
                Jandex2Gizmo.methodDescOf(handler.method()).type());
        type.method("invoke", method -> {
            method.public_();
            method.returning(Object.class);
            ParamVar event = method.parameter("event", Event.class);
            method.throws_(Throwable.class);
            method.body(code -> {
                List<Expr> arguments = new ArrayList<>();
                for (int i = 0; i < handler.arguments().size(); i++) {
                    Expr argument = handler.arguments().get(i).write(code, type.this_(), event);
                    arguments.add(code.localVar("argument" + i, argument));
                }
                Expr result = code.invokeVirtual(target, type.this_().field(bean), arguments);
                if (result.isVoid()) {
                    code.returnNull();
                } else {
                    code.return_(result.type().isPrimitive() ? code.box(result) : result);
                }
            });
        });
    }
}
