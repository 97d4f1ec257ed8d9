package io.eventlane.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Reads the bytecode of a class and names every place that takes a lock: monitors, synchronized methods, its own or
 * those that it calls directly, {@code java.util.concurrent.locks}, blocking queues, and the {@code ConcurrentMap}
 * methods that run a function under a bin's lock. A profiler sees only the locks that are contended; this sees all
 * that are written.
 */
final class LockScan {

    private static final int API = Opcodes.ASM9;
    private static final Set<String> MAP_METHODS_UNDER_LOCK = Set.of("compute", "computeIfAbsent", "computeIfPresent", "merge");
    private static final Set<String> MONITOR_METHODS = Set.of("wait", "notify", "notifyAll");

    /**
     * A place that takes a lock.
     *
     * @param method {@code package.Class#method}, the code inside a lambda counted to the method around it
     * @param what what it does there
     */
    record Finding(String method, String what) {
    }

    private final ClassLoader loader;

    LockScan(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * @throws IllegalArgumentException when there is no class of that name
     */
    List<Finding> scan(String className) {
        List<Finding> findings = new ArrayList<>();
        try (InputStream code = loader.getResourceAsStream(className.replace('.', '/') + ".class")) {
            if (code == null) {
                throw new IllegalArgumentException("There is no class " + className + ": name the one that took over its work");
            }
            new ClassReader(code).accept(new Methods(className, findings), ClassReader.SKIP_FRAMES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return findings;
    }

    private final class Methods extends ClassVisitor {

        private final String className;
        private final List<Finding> findings;

        Methods(String className, List<Finding> findings) {
            super(API);
            this.className = className;
            this.findings = findings;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] exceptions) {
            String method = className + "#" + enclosing(name);
            if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
                findings.add(new Finding(method, "is synchronized"));
            }
            return new Instructions(method, findings);
        }

        private static String enclosing(String name) {
            return name.startsWith("lambda$") ? name.substring("lambda$".length(), name.lastIndexOf('$')) : name;
        }
    }

    private final class Instructions extends MethodVisitor {

        private final String method;
        private final List<Finding> findings;

        Instructions(String method, List<Finding> findings) {
            super(API);
            this.method = method;
            this.findings = findings;
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.MONITORENTER) {
                findings.add(new Finding(method, "enters a monitor"));
            }
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            check(owner, name, descriptor);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments) {
                if (argument instanceof Handle handle && handle.getTag() >= Opcodes.H_INVOKEVIRTUAL) {
                    check(handle.getOwner(), handle.getName(), handle.getDesc());
                }
            }
        }

        private void check(String owner, String name, String descriptor) {
            if (takesLock(owner, name, descriptor)) {
                findings.add(new Finding(method, "calls " + owner.replace('/', '.') + "." + name));
            }
        }
    }

    private boolean takesLock(String owner, String name, String descriptor) {
        if (owner.startsWith("[")) {
            return false;
        }
        Class<?> type = load(owner.replace('/', '.'));
        return type.getPackageName().equals("java.util.concurrent.locks") && type != LockSupport.class
                || BlockingQueue.class.isAssignableFrom(type)
                || ConcurrentMap.class.isAssignableFrom(type) && MAP_METHODS_UNDER_LOCK.contains(name)
                || MONITOR_METHODS.contains(name) && declares(Object.class, name, descriptor)
                || isSynchronized(type, name, descriptor);
    }

    private Class<?> load(String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + " is called but cannot be loaded", e);
        }
    }

    private static boolean declares(Class<?> type, String name, String descriptor) {
        return executables(type, name, descriptor).findAny().isPresent();
    }

    private static boolean isSynchronized(Class<?> type, String name, String descriptor) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            Executable found = executables(c, name, descriptor).findAny().orElse(null);
            if (found != null) {
                return Modifier.isSynchronized(found.getModifiers());
            }
        }
        return false;
    }

    private static Stream<Executable> executables(Class<?> type, String name, String descriptor) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(m -> m.getName().equals(name) && Type.getMethodDescriptor(m).equals(descriptor))
                .map(Executable.class::cast);
    }
}
