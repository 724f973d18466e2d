package io.invigil.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.invigil.api.Judge;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.spi.JudgeProvider;
import io.invigil.api.spi.ProctoringEngineProvider;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The borders of docs/architecture.md, held by the build. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.invigil");

    /** Rules that look at nothing hold everywhere; each module must bring at least this many classes. */
    private static final Map<String, Integer> LEAST_CLASSES = Map.ofEntries(
            Map.entry("io.invigil.api", 35),
            Map.entry("io.invigil.core.pipeline", 14),
            Map.entry("io.invigil.core.perception", 5),
            Map.entry("io.invigil.core.rules", 8),
            Map.entry("io.invigil.core.sight", 5),
            Map.entry("io.invigil.core.vision", 15),
            Map.entry("io.invigil.models", 4),
            Map.entry("io.invigil.testdata", 8),
            Map.entry("io.invigil.report", 20),
            Map.entry("io.invigil.replay", 12),
            Map.entry("io.invigil.wire", 30),
            Map.entry("io.invigil.server", 10));

    @Test
    void shouldHaveLookedAtEnoughClasses() {
        LEAST_CLASSES.forEach((packageName, least) -> assertThat(
                        CLASSES.stream().filter(type -> isIn(type, packageName)).count())
                .as("classes in %s", packageName)
                .isGreaterThanOrEqualTo(least));
    }

    private static boolean isIn(JavaClass type, String packageName) {
        return type.getPackageName().equals(packageName)
                || type.getPackageName().startsWith(packageName + ".");
    }

    @Test
    void shouldKeepTheApiFreeOfDependencies() {
        classes()
                .that()
                .resideInAPackage("io.invigil.api..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.invigil.api..", "java..")
                .check(CLASSES);
    }

    @Test
    void shouldKeepTheModelsAndTestDataFreeOfDependencies() {
        classes()
                .that()
                .resideInAnyPackage("io.invigil.models..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.invigil.models..", "java..")
                .check(CLASSES);
        classes()
                .that()
                .resideInAnyPackage("io.invigil.testdata..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.invigil.testdata..", "java..", "javax.imageio..")
                .check(CLASSES);
    }

    @Test
    void shouldKeepNativesInsideVision() {
        noClasses()
                .that()
                .resideInAPackage("io.invigil.core..")
                .and()
                .resideOutsideOfPackage("io.invigil.core.vision..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco..", "ai.onnxruntime..", "io.invigil.models..")
                .check(CLASSES);
    }

    @Test
    void shouldKeepSightsFreeOfEverythingButTheApi() {
        classes()
                .that()
                .resideInAPackage("io.invigil.core.sight..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.invigil.core.sight..", "io.invigil.api", "java.lang..", "java.util..")
                .check(CLASSES);
    }

    @Test
    void shouldLetRulesSeeSightsAndTheApiOnly() {
        classes()
                .that()
                .resideInAPackage("io.invigil.core.rules..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.invigil.core.rules..",
                        "io.invigil.core.sight..",
                        "io.invigil.api",
                        "java.lang..",
                        "java.util..",
                        "java.time..",
                        "java.io..",
                        "java.nio..")
                .check(CLASSES);
    }

    @Test
    void shouldLetVisionAndPipelineMeetAtPerceptionOnly() {
        noClasses()
                .that()
                .resideInAPackage("io.invigil.core.vision..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.invigil.core.pipeline..", "io.invigil.core.rules..", "com.lmax..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.invigil.core.pipeline..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.invigil.core.vision..")
                .check(CLASSES);
    }

    @Test
    void shouldKeepTheReportOnTheApiAndJackson() {
        classes()
                .that()
                .resideInAPackage("io.invigil.report..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.invigil.report..", "io.invigil.api..", "java..", "tools.jackson..")
                .check(CLASSES);
    }

    @Test
    void shouldKeepTheAdaptersOnTheWire() {
        classes()
                .that()
                .resideInAPackage("io.invigil.wire..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.invigil.wire..",
                        "io.invigil.api",
                        "java..",
                        "tools.jackson..",
                        "com.fasterxml.jackson.annotation..")
                .check(CLASSES);
        classes()
                .that()
                .resideInAPackage("io.invigil.http..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.invigil.http..",
                        "io.invigil.wire..",
                        "io.invigil.api",
                        "java..",
                        "jakarta.servlet..",
                        "org.slf4j..")
                .check(CLASSES);
        classes()
                .that()
                .resideInAPackage("io.invigil.ws..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.invigil.ws..",
                        "io.invigil.wire..",
                        "io.invigil.api",
                        "java..",
                        "jakarta.servlet..",
                        "jakarta.websocket..",
                        "org.slf4j..")
                .check(CLASSES);
    }

    @Test
    void shouldKeepTheServersRecordsFreeOfTransport() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.invigil.server.record..", "io.invigil.server.live..", "io.invigil.server.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "org.eclipse.jetty..", "io.invigil.http..", "io.invigil.ws..")
                .check(CLASSES);
    }

    @Test
    void shouldReachTheCoreThroughTheApiOnly() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.invigil.replay..",
                        "io.invigil.wire..",
                        "io.invigil.http..",
                        "io.invigil.ws..",
                        "io.invigil.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.invigil.core..")
                .check(CLASSES);
    }

    @Test
    void shouldHaveNoCyclesBetweenPackages() {
        // An entry point finds its provider, and the provider makes the entry point: one idiom, one exception.
        slices().matching("io.invigil.(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(ProctoringEngine.class, ProctoringEngineProvider.class)
                .ignoreDependency(Judge.class, JudgeProvider.class)
                .check(CLASSES);
    }

    @Test
    void shouldReadNoClockInRules() {
        noClasses()
                .that()
                .resideInAnyPackage("io.invigil.core.rules..", "io.invigil.core.vision..")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.time.Clock.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.Random.class)
                .check(CLASSES);
    }

    @Test
    void shouldHoldNoStaticMutableState() {
        classes().should(haveOnlyFinalStaticFields()).check(CLASSES);
    }

    private static ArchCondition<JavaClass> haveOnlyFinalStaticFields() {
        return new ArchCondition<>("have only final static fields") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaField field : type.getFields()) {
                    if (field.getModifiers().contains(JavaModifier.STATIC)
                            && !field.getModifiers().contains(JavaModifier.FINAL)) {
                        events.add(
                                SimpleConditionEvent.violated(field, field.getFullName() + " is static and not final"));
                    }
                }
            }
        };
    }

    @Test
    void shouldThrowNoGenericExceptionsAndLogThroughSlf4jOnly() {
        NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(CLASSES);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.invigil.api..",
                        "io.invigil.core..",
                        "io.invigil.models..",
                        "io.invigil.testdata..",
                        "io.invigil.wire..",
                        "io.invigil.http..",
                        "io.invigil.ws..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    @Test
    void shouldNameNoClassManagerUtilOrHelper() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Processor")
                .check(CLASSES);
    }
}
