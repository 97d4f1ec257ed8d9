package io.eventlane.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.util.stream.Stream;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Packages are layers, and each looks only downwards. */
@AnalyzeClasses(packages = "io.eventlane", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {

    private static final String ROOT = "io.eventlane";
    private static final String SPI = "io.eventlane.spi";
    private static final String ENGINE = "io.eventlane.engine";
    private static final String CHANNEL = "io.eventlane.channel";
    private static final String KAFKA = "io.eventlane.kafka";
    private static final String JETSTREAM = "io.eventlane.jetstream";
    private static final String MEMORY = "io.eventlane.memory";

    @ArchTest
    static final ArchRule API_SEES_JAVA_AND_THE_MESSAGING_API = classes().that().resideInAPackage(ROOT)
            .should().onlyDependOnClassesThat()
            .resideInAnyPackage(plainJavaAnd(ROOT, "org.eclipse.microprofile.reactive.messaging..",
                    "io.smallrye.reactive.messaging..", "jakarta.enterprise.util", "jakarta.inject"));

    @ArchTest
    static final ArchRule SPI_SEES_THE_API = classes().that().resideInAPackage(SPI)
            .should().onlyDependOnClassesThat().resideInAnyPackage(plainJavaAnd(ROOT, SPI));

    @ArchTest
    static final ArchRule ENGINE_SEES_JAVA_ALONE = classes().that().resideInAPackage(ENGINE)
            .should().onlyDependOnClassesThat().resideInAnyPackage(plainJavaAnd(ENGINE))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule CHANNEL_SEES_ENGINE_SPI_AND_API = classes().that().resideInAPackage(CHANNEL)
            .should().onlyDependOnClassesThat().resideInAnyPackage(plainJavaAnd(ROOT, SPI, ENGINE, CHANNEL,
                    "org.jboss.logging.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule KAFKA_SEES_ITS_CLIENT_AND_WHAT_IS_BELOW = classes().that().resideInAPackage(KAFKA)
            .should().onlyDependOnClassesThat().resideInAnyPackage(plainJavaAnd(ROOT, SPI, ENGINE, CHANNEL, KAFKA,
                    "org.apache.kafka..", "org.jboss.logging.."));

    @ArchTest
    static final ArchRule JETSTREAM_SEES_ITS_CLIENT_AND_WHAT_IS_BELOW = classes().that().resideInAPackage(JETSTREAM)
            .should().onlyDependOnClassesThat().resideInAnyPackage(plainJavaAnd(ROOT, SPI, ENGINE, CHANNEL, JETSTREAM,
                    "io.nats..", "javax.net.ssl..", "net.jpountz..", "org.jboss.logging.."));

    @ArchTest
    static final ArchRule MEMORY_SEES_WHAT_IS_BELOW = classes().that().resideInAPackage(MEMORY)
            .should().onlyDependOnClassesThat().resideInAnyPackage(plainJavaAnd(ROOT, SPI, ENGINE, CHANNEL, MEMORY,
                    "org.jboss.logging.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule ONLY_THE_CONNECTOR_AND_THE_GLUE_SEE_A_CLIENT = noClasses()
            .that().resideInAnyPackage(ROOT, SPI, ENGINE, CHANNEL)
            .should().dependOnClassesThat().resideInAnyPackage("org.apache.kafka..", "io.nats..");

    @ArchTest
    static final ArchRule NOBODY_USES_THE_MESSAGING_RUNTIME = noClasses()
            .should().dependOnClassesThat().resideInAnyPackage(
                    "io.smallrye.reactive.messaging.providers..", "io.quarkus.smallrye.reactivemessaging..");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("io.eventlane.(*)..").should().beFreeOfCycles();

    private static String[] plainJavaAnd(String... packages) {
        return Stream.concat(Stream.of("java..", "org.jspecify.annotations"), Stream.of(packages)).toArray(String[]::new);
    }
}
