package io.eventlane.deployment;

import java.util.List;

import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.RuntimeInitializedClassBuildItem;
import io.quarkus.deployment.pkg.steps.NativeOrNativeSourcesBuild;

/**
 * Makes lz4, the compression of our producer, work in a native executable.
 * <p>
 * The lz4 library finds its implementations by name. In an executable its JNI variant has no library to load and its
 * "unsafe" one reads array offsets of the JVM that built the image, so only the plain Java variant is registered; the
 * library falls back to it when it does not find the others. Kafka's decompressor keeps the variant that it finds in
 * a static field, which therefore must not be filled while the image is built.
 */
class Lz4NativeProcessor {

    static final List<String> IMPLEMENTATIONS = List.of(
            "net.jpountz.lz4.LZ4JavaSafeCompressor",
            "net.jpountz.lz4.LZ4HCJavaSafeCompressor",
            "net.jpountz.lz4.LZ4JavaSafeFastDecompressor",
            "net.jpountz.lz4.LZ4JavaSafeSafeDecompressor",
            "net.jpountz.xxhash.XXHash32JavaSafe",
            "net.jpountz.xxhash.XXHash64JavaSafe",
            "net.jpountz.xxhash.StreamingXXHash32JavaSafe$Factory",
            "net.jpountz.xxhash.StreamingXXHash64JavaSafe$Factory");
    static final String KEEPS_AN_IMPLEMENTATION = "org.apache.kafka.common.compress.Lz4BlockInputStream";

    @BuildStep(onlyIf = NativeOrNativeSourcesBuild.class)
    void register(BuildProducer<ReflectiveClassBuildItem> reflective,
            BuildProducer<RuntimeInitializedClassBuildItem> atRunTime) {
        reflective.produce(ReflectiveClassBuildItem.builder(IMPLEMENTATIONS).constructors().fields()
                .reason("lz4-java finds its implementations by name").build());
        atRunTime.produce(new RuntimeInitializedClassBuildItem(KEEPS_AN_IMPLEMENTATION));
    }
}
