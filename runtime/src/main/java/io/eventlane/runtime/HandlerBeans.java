package io.eventlane.runtime;

/** Where the generated handler table gets the beans of the handlers from, once, when it is created. */
@FunctionalInterface
public interface HandlerBeans {

    /**
     * @param beanIdentifier as the build knows the bean
     * @return a contextual reference: the client proxy of a bean with a normal scope, else the instance
     */
    Object reference(String beanIdentifier);
}
