package io.eventlane.deployment;

import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.inject.Singleton;

import io.eventlane.runtime.ArcHandlerBeans;
import io.eventlane.runtime.HandlerTable;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.processor.BeanConfiguratorBase.CreateGeneration;
import io.quarkus.deployment.GeneratedClassGizmo2Adaptor;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.GeneratedClassBuildItem;
import io.quarkus.deployment.builditem.GeneratedResourceBuildItem;
import io.quarkus.gizmo2.Expr;
import io.quarkus.gizmo2.creator.BlockCreator;
import io.quarkus.gizmo2.desc.ConstructorDesc;

/** Bakes the handlers into classes, and makes their table a bean. */
final class GenerationProcessor {

    private static final ConstructorDesc HANDLER_BEANS = ConstructorDesc.of(ArcHandlerBeans.class, CreationalContext.class);

    @BuildStep
    void generate(ApplicationHandlersBuildItem application, BuildProducer<GeneratedClassBuildItem> classes,
            BuildProducer<GeneratedResourceBuildItem> resources) {
        new HandlerTableGenerator(
                new GeneratedClassGizmo2Adaptor(classes, resources, GenerationProcessor::isApplicationClass))
                .generate(application.handlers);
    }

    /**
     * An invoker goes where its bean is, for the sake of package-private methods; the rest is reloaded with the
     * application.
     */
    private static boolean isApplicationClass(String generated) {
        return generated.startsWith(HandlerTableGenerator.PACKAGE)
                || GeneratedClassGizmo2Adaptor.isApplicationClass(HandlerTableGenerator.baseName(generated));
    }

    @BuildStep
    SyntheticBeanBuildItem table() {
        return SyntheticBeanBuildItem.configure(HandlerTable.class)
                .scope(Singleton.class)
                .unremovable()
                .forceApplicationClass()
                .creator(GenerationProcessor::create)
                .done();
    }

    private static void create(CreateGeneration generation) {
        BlockCreator code = generation.createMethod();
        Expr beans = code.localVar("beans", code.new_(HANDLER_BEANS, generation.syntheticCreationalContext()));
        code.return_(code.new_(HandlerTableGenerator.CONSTRUCTOR, beans));
    }
}
