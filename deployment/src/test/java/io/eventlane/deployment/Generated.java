package io.eventlane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jboss.jandex.Index;

/** The classes generated for some beans, made without an application. */
final class Generated {

    /** By the name of the class file. */
    final SortedMap<String, byte[]> files = new TreeMap<>();

    private Generated() {
    }

    /**
     * @param seed another seed has the handlers found in another order
     */
    static Generated from(long seed, Class<?>... beans) throws IOException {
        Index index = Index.of(beans);
        List<Handler> handlers = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        HandlerDiscovery discovery = new HandlerDiscovery(index, Claims.everything(), handlers::add, problems::add);
        for (Class<?> bean : beans) {
            discovery.visit(bean.getSimpleName(), index.getClassByName(bean));
        }
        assertThat(problems).isEmpty();
        Collections.shuffle(handlers, new Random(seed));
        Generated generated = new Generated();
        new HandlerTableGenerator(generated.files::put).generate(handlers);
        return generated;
    }

    /** A loader of the classes, for beans that are public. */
    ClassLoader loader() {
        return new ClassLoader(Generated.class.getClassLoader()) {

            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] bytes = files.get(name.replace('.', '/') + ".class");
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
    }
}
