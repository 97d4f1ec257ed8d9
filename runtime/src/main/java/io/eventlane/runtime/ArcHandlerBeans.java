package io.eventlane.runtime;

import jakarta.enterprise.context.spi.CreationalContext;

import io.quarkus.arc.Arc;
import io.quarkus.arc.InjectableBean;
import io.quarkus.arc.impl.CreationalContextImpl;

/** The beans of the running application. A {@code @Dependent} one lives as long as the handler table that asked for it. */
public final class ArcHandlerBeans implements HandlerBeans {

    private final CreationalContext<?> owner;

    /**
     * @param owner the context of the handler table
     */
    public ArcHandlerBeans(CreationalContext<?> owner) {
        this.owner = owner;
    }

    @Override
    public Object reference(String beanIdentifier) {
        InjectableBean<Object> bean = Arc.container().bean(beanIdentifier);
        return bean.get(CreationalContextImpl.child(bean, owner));
    }
}
