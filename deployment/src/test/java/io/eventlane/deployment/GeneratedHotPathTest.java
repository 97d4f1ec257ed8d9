package io.eventlane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What generated code does for each record: nothing but calls of the event, the handler and the wrapper types. */
class GeneratedHotPathTest {

    private static final Set<String> ALLOWED = Set.of(
            "io/eventlane/Event.payload",
            "io/eventlane/Event.key",
            "io/eventlane/Event.header",
            "io/eventlane/Event.unwrap",
            "io/eventlane/runtime/HandlerInvoker.requirePayload",
            "io/eventlane/deployment/SampleHandlers.acknowledge",
            "io/eventlane/deployment/SampleHandlers.onOrder",
            "io/eventlane/deployment/SampleHandlers.twice",
            "io/eventlane/deployment/SampleHandlers.later",
            "java/lang/Long.longValue",
            "java/lang/Long.valueOf",
            "java/lang/String.hashCode",
            "java/lang/String.equals");

    @Test
    void whenRecordIsHandled_thenNothingIsLookedUpOrReflected() throws IOException {
        Set<String> calls = new TreeSet<>();
        for (byte[] file : Generated.from(0, SampleHandlers.class).files.values()) {
            new ClassReader(file).accept(new HotMethods(calls), 0);
        }

        assertThat(calls).contains("io/eventlane/deployment/SampleHandlers.onOrder", "java/lang/String.hashCode");
        assertThat(ALLOWED).containsAll(calls);
    }

    private static final class HotMethods extends ClassVisitor {

        private final Set<String> calls;

        HotMethods(Set<String> calls) {
            super(Opcodes.ASM9);
            this.calls = calls;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] thrown) {
            if (!name.equals("invoke") && !name.equals("select")) {
                return null;
            }
            return new MethodVisitor(Opcodes.ASM9) {

                @Override
                public void visitMethodInsn(int opcode, String owner, String called, String type, boolean isInterface) {
                    calls.add(owner + "." + called);
                }

                @Override
                public void visitInvokeDynamicInsn(String called, String type, Handle bootstrap, Object... arguments) {
                    calls.add("invokedynamic " + called);
                }
            };
        }
    }
}
