package io.eventlane.deployment;

import java.util.function.Consumer;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

import io.eventlane.PublishTo;
import io.eventlane.deployment.PublisherBuildItem.Publisher;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.processor.InjectionPointInfo;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;

/** Finds what injects publishers. */
final class PublisherDiscoveryProcessor {

    private static final String DECLARE = "Declare it as @PublishTo(\"channel\") EventPublisher<Order>";

    /** Makes the qualifier known to Arc. */
    @BuildStep
    AdditionalBeanBuildItem qualifier() {
        return new AdditionalBeanBuildItem(PublishTo.class);
    }

    @BuildStep
    void discover(BeanDiscoveryFinishedBuildItem beans, BuildProducer<PublisherBuildItem> publishers,
            BuildProducer<ProblemBuildItem> problems) {
        for (InjectionPointInfo injectionPoint : beans.getInjectionPoints()) {
            Publisher publisher = read(injectionPoint, problem -> problems.produce(new ProblemBuildItem(problem)));
            if (publisher != null) {
                publishers.produce(new PublisherBuildItem(publisher));
            }
        }
    }

    private static @Nullable Publisher read(InjectionPointInfo injectionPoint, Consumer<Problem> problems) {
        Type type = injectionPoint.getType();
        AnnotationInstance publishTo = injectionPoint.getRequiredQualifier(Names.PUBLISH_TO);
        boolean isPublisher = type.name().equals(Names.EVENT_PUBLISHER);
        if (publishTo == null && !isPublisher) {
            return null;
        }
        String where = where(injectionPoint);
        if (publishTo == null) {
            problems.accept(new Problem(Rule.INVALID_PUBLISHER, where,
                    "the publisher does not say to which channel it publishes", DECLARE));
        } else if (!isPublisher) {
            problems.accept(new Problem(Rule.INVALID_PUBLISHER, where, "@PublishTo stands on a " + type, DECLARE));
        } else if (type.kind() != Type.Kind.PARAMETERIZED_TYPE) {
            problems.accept(new Problem(Rule.INVALID_PUBLISHER, where, "the publisher does not say what it publishes",
                    DECLARE));
        } else if (publishTo.value().asString().isBlank()) {
            problems.accept(new Problem(Rule.BLANK_NAME, where, "@PublishTo has a blank channel", "Name the channel"));
        } else {
            return new Publisher(publishTo.value().asString(), type.asParameterizedType().arguments().getFirst(), where);
        }
        return null;
    }

    private static String where(InjectionPointInfo injectionPoint) {
        AnnotationTarget target = injectionPoint.getAnnotationTarget();
        return switch (target.kind()) {
            case FIELD -> target.asField().declaringClass().name() + "#" + target.asField().name();
            case METHOD_PARAMETER -> where(target.asMethodParameter().method());
            case METHOD -> where(target.asMethod());
            default -> injectionPoint.getTargetInfo();
        };
    }

    private static String where(MethodInfo method) {
        return method.isConstructor() ? method.declaringClass().name() + "#" + method.declaringClass().simpleName()
                : Problem.describe(method);
    }
}
