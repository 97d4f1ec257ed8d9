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
    private static final String KAFKA = "io.eventlane.kafka";

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
    static final ArchRule KAFKA_SEES_ENGINE_SPI_AND_API = classes().that().resideInAPackage(KAFKA)
            .should().onlyDependOnClassesThat().resideInAnyPackage(plainJavaAnd(ROOT, SPI, ENGINE, KAFKA,
                    "org.apache.kafka..", "org.jboss.logging.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule ONLY_THE_CONNECTOR_AND_THE_GLUE_SEE_THE_KAFKA_CLIENT = noClasses()
            .that().resideInAnyPackage(ROOT, SPI, ENGINE)
            .should().dependOnClassesThat().resideInAPackage("org.apache.kafka..");

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
