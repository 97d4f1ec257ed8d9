package io.eventlane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.jboss.jandex.Index;
import org.jboss.jandex.Type;
import org.junit.jupiter.api.Test;

class HierarchyTest {

    @Test
    void whenTypeArgumentsPassThroughLevels_thenVariablesAreBound() throws IOException {
        assertThat(resolvedField("plain")).hasToString("java.lang.String");
        assertThat(resolvedField("nested")).hasToString("java.util.Map<java.lang.String, java.util.List<java.lang.Integer>>");
        assertThat(resolvedField("array")).hasToString("java.lang.Integer[]");
        assertThat(resolvedField("wildcard")).hasToString("java.util.List<java.lang.Integer>");
    }

    @Test
    void whenInterfacesExtendEachOther_thenTheExtendingOneComesFirst() throws IOException {
        Index index = Index.of(General.class, Special.class, Both.class);

        assertThat(Hierarchy.of(index.getClassByName(Both.class), index))
                .extracting(level -> level.type().simpleName())
                .containsExactly("Both", "Special", "General");
    }

    @Test
    void whenSuperclassIsRaw_thenItsVariablesStayUnresolved() throws IOException {
        Index index = Index.of(Base.class, Raw.class);
        Hierarchy.Level base = Hierarchy.of(index.getClassByName(Raw.class), index).get(1);

        assertThat(Hierarchy.isUnresolved(base.resolve(base.type().field("nested").type()))).isTrue();
    }

    private static Type resolvedField(String name) throws IOException {
        Index index = Index.of(Base.class, Middle.class, Bean.class);
        Hierarchy.Level base = Hierarchy.of(index.getClassByName(Bean.class), index).get(2);
        assertThat(base.type().simpleName()).isEqualTo("Base");
        return base.resolve(base.type().field(name).type());
    }

    static class Base<A, B> {
        A plain;
        Map<A, List<B>> nested;
        B[] array;
        List<? super B> wildcard;
    }

    static class Middle<X> extends Base<String, X> {
    }

    static class Bean extends Middle<Integer> {
    }

    @SuppressWarnings("rawtypes")
    static class Raw extends Base {
    }

    interface General {
    }

    interface Special extends General {
    }

    static class Both implements General, Special {
    }
}
