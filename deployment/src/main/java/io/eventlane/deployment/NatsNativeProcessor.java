package io.eventlane.deployment;

import io.eventlane.jetstream.WireSocket;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.ExtensionSslNativeSupportBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.RuntimeInitializedClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.RuntimeInitializedPackageBuildItem;
import io.quarkus.deployment.pkg.steps.NativeOrNativeSourcesBuild;

/** Makes the NATS client work in a native executable. */
class NatsNativeProcessor {

    /** They hold random numbers, which all executables of an image would share; native-image refuses them. */
    static final String RANDOM = "io.nats.client.support.RandomUtils";
    static final String UNIQUE_IDS = "io.nats.client.NUID";
    /** It signs with NKeys. It looks for the machine's abilities, and keeps random numbers, as it is initialized. */
    static final String CRYPTOGRAPHY = "org.bouncycastle";
    /** The client tells the server its version. */
    static final String VERSION = "io/nats/jnats/version.properties";

    /** The client makes it by its name. */
    @BuildStep(onlyIf = NativeOrNativeSourcesBuild.class)
    ReflectiveClassBuildItem wireSocket() {
        return ReflectiveClassBuildItem.builder(WireSocket.class).reason("made by the NATS client").build();
    }

    @BuildStep(onlyIf = NativeOrNativeSourcesBuild.class)
    void initialize(BuildProducer<RuntimeInitializedClassBuildItem> classes,
            BuildProducer<RuntimeInitializedPackageBuildItem> packages,
            BuildProducer<NativeImageResourceBuildItem> resources) {
        classes.produce(new RuntimeInitializedClassBuildItem(RANDOM));
        classes.produce(new RuntimeInitializedClassBuildItem(UNIQUE_IDS));
        packages.produce(new RuntimeInitializedPackageBuildItem(CRYPTOGRAPHY));
        resources.produce(new NativeImageResourceBuildItem(VERSION));
    }

    /** For connections with TLS. */
    @BuildStep
    ExtensionSslNativeSupportBuildItem tls() {
        return new ExtensionSslNativeSupportBuildItem("eventlane");
    }
}
