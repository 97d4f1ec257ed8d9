package io.eventlane.deployment;

import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.eventlane.runtime.HandlerBeans;
import io.eventlane.runtime.HandlerInvoker;
import io.eventlane.runtime.HandlerTable;
import io.quarkus.gizmo2.ClassOutput;
import io.quarkus.gizmo2.Const;
import io.quarkus.gizmo2.Expr;
import io.quarkus.gizmo2.Gizmo;
import io.quarkus.gizmo2.LocalVar;
import io.quarkus.gizmo2.ParamVar;
import io.quarkus.gizmo2.creator.BlockCreator;
import io.quarkus.gizmo2.desc.ConstructorDesc;
import io.quarkus.gizmo2.desc.FieldDesc;
import io.quarkus.gizmo2.desc.MethodDesc;

/**
 * Generates the {@link HandlerTable} with all that it consists of: an invoker for each handler, a selection for each
 * channel. The same handlers give the same bytes.
 */
final class HandlerTableGenerator {

    static final String PACKAGE = "io.eventlane.generated";
    static final String TABLE = PACKAGE + ".EventlaneHandlers";

    private static final String INVOKER = "_EventlaneInvoker_";

    /** The constructor of the table. */
    static final ConstructorDesc CONSTRUCTOR = ConstructorDesc.of(ClassDesc.of(TABLE), HandlerBeans.class);

    private static final MethodDesc REFERENCE = MethodDesc.of(HandlerBeans.class, "reference", Object.class, String.class);

    private final Gizmo gizmo;
    private final InvokerGenerator invokers;
    private final ChannelHandlersGenerator channels;

    HandlerTableGenerator(ClassOutput output) {
        this.gizmo = Gizmo.create(output);
        this.invokers = new InvokerGenerator(gizmo);
        this.channels = new ChannelHandlersGenerator(gizmo);
    }

    /** The class of the application for whose sake a class is generated; for an invoker, that of its bean. */
    static String baseName(String generated) {
        int end = generated.indexOf(INVOKER);
        return end < 0 ? generated : generated.substring(0, end);
    }

    void generate(Collection<Handler> handlers) {
        List<Handler> sorted = handlers.stream().sorted(Handler.ORDER).toList();
        Map<Handler, ClassDesc> invokerClasses = generateInvokers(sorted);
        Map<String, List<Handler>> byChannel = byChannel(sorted);
        Map<String, ClassDesc> channelClasses = generateChannels(byChannel);
        gizmo.class_(TABLE, type -> {
            type.public_();
            type.final_();
            type.implements_(HandlerTable.class);
            FieldDesc field = type.field("channels", created -> {
                created.private_();
                created.final_();
                created.setType(List.class);
            });
            type.constructor(constructor -> {
                constructor.public_();
                ParamVar beans = constructor.parameter("beans", HandlerBeans.class);
                constructor.body(code -> {
                    code.invokeSpecial(ConstructorDesc.of(Object.class), type.this_());
                    Map<Handler, LocalVar> created = createInvokers(code, beans, invokerClasses);
                    code.set(type.this_().field(field), createChannels(code, byChannel, channelClasses, created));
                    code.return_();
                });
            });
            type.method("channels", method -> {
                method.public_();
                method.returning(List.class);
                method.body(code -> code.return_(type.this_().field(field)));
            });
        });
    }

    // Classes

    private Map<Handler, ClassDesc> generateInvokers(List<Handler> handlers) {
        Map<Handler, ClassDesc> classes = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        for (Handler handler : handlers) {
            String name = handler.beanClass().name() + INVOKER + handler.method().name();
            String unique = name;
            for (int overload = 2; !names.add(unique); overload++) {
                unique = name + overload;
            }
            classes.put(handler, invokers.generate(unique, handler));
        }
        return classes;
    }

    private static Map<String, List<Handler>> byChannel(List<Handler> handlers) {
        Map<String, List<Handler>> byChannel = new TreeMap<>();
        for (Handler handler : handlers) {
            handler.incoming().forEach(channel -> byChannel.computeIfAbsent(channel, any -> new ArrayList<>()).add(handler));
        }
        return byChannel;
    }

    private Map<String, ClassDesc> generateChannels(Map<String, List<Handler>> byChannel) {
        Map<String, ClassDesc> classes = new HashMap<>();
        byChannel.forEach((channel, handlers) -> {
            String name = PACKAGE + ".Channel" + classes.size() + "_" + channel.replaceAll("[^A-Za-z0-9]", "_");
            classes.put(channel, channels.generate(name, channel, handlers));
        });
        return classes;
    }

    // The constructor

    private static Map<Handler, LocalVar> createInvokers(BlockCreator code, ParamVar beans,
            Map<Handler, ClassDesc> invokerClasses) {
        Map<String, LocalVar> references = new HashMap<>();
        Map<Handler, LocalVar> created = new HashMap<>();
        invokerClasses.forEach((handler, invokerClass) -> {
            LocalVar reference = references.computeIfAbsent(handler.beanIdentifier(), identifier -> code.localVar("bean",
                    code.invokeInterface(REFERENCE, beans, Const.of(identifier))));
            created.put(handler, code.localVar("invoker", HandlerInvoker.class,
                    code.new_(ConstructorDesc.of(invokerClass, Object.class), reference)));
        });
        return created;
    }

    private static Expr createChannels(BlockCreator code, Map<String, List<Handler>> byChannel,
            Map<String, ClassDesc> channelClasses, Map<Handler, LocalVar> invokers) {
        List<Expr> created = new ArrayList<>();
        byChannel.forEach((channel, handlers) -> {
            List<LocalVar> ofChannel = handlers.stream().map(invokers::get).toList();
            ConstructorDesc constructor = ConstructorDesc.of(channelClasses.get(channel), HandlerInvoker[].class);
            created.add(code.localVar("channel", code.new_(constructor, code.newArray(HandlerInvoker.class, ofChannel))));
        });
        return code.listOf(created);
    }
}
