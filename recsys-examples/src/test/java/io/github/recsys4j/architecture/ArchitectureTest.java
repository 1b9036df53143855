package io.github.recsys4j.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;

/** Holds the arrows of ARCHITECTURE.md. */
@AnalyzeClasses(packages = "io.github.recsys4j", importOptions = MainClasses.class)
class ArchitectureTest {
    private static final String ROOT = "io.github.recsys4j";

    @ArchTest
    static final ArchRule modules_dependOnlyDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("examples")
            .definedBy(ROOT + ".examples..")
            .layer("models")
            .definedBy(ROOT + ".model..")
            .layer("eval")
            .definedBy(ROOT + ".eval..")
            .layer("core")
            .definedBy(coreClasses())
            .whereLayer("examples")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("models")
            .mayOnlyBeAccessedByLayers("examples")
            .whereLayer("eval")
            .mayOnlyBeAccessedByLayers("examples", "models");

    @ArchTest
    static final ArchRule packages_haveNoCycles =
            slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onnxRuntime_isKnownToTheRuntimePackageOnly = noClasses()
            .that(outside(ROOT + ".model.runtime"))
            .should()
            .dependOnClassesThat(resideInAPackage("ai.onnxruntime.."));

    @ArchTest
    static final ArchRule djl_isKnownToTheTrainingBackendOnly = noClasses()
            .that(outside(ROOT + ".model.train"))
            .should()
            .dependOnClassesThat(resideInAPackage("ai.djl..").and(not(resideInAPackage("ai.djl.huggingface.."))));

    @ArchTest
    static final ArchRule tokenizers_areKnownToTheEncodersOnly = noClasses()
            .that(outside(ROOT + ".model.encoder"))
            .should()
            .dependOnClassesThat(resideInAPackage("ai.djl.huggingface.."));

    @ArchTest
    static final ArchRule onnxMessages_areKnownToTheRecorderOnly = noClasses()
            .that(outside(ROOT + ".model.export"))
            .should()
            .dependOnClassesThat(resideInAnyPackage("ai.onnx.proto..", "com.google.protobuf.."));

    @ArchTest
    static final ArchRule nd4j_isInNoPublicSignature = noMethods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .should(mentionNd4j());

    @ArchTest
    static final ArchRule library_printsNothing = noClasses()
            .that(outside(ROOT + ".examples.."))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");

    @ArchTest
    static final ArchRule javaSerialization_isUsedNowhere =
            noClasses().should().dependOnClassesThat().haveFullyQualifiedName("java.io.ObjectInputStream");

    private static DescribedPredicate<JavaClass> outside(String identifier) {
        return not(resideInAPackage(identifier));
    }

    private static DescribedPredicate<JavaClass> coreClasses() {
        return resideInAPackage(ROOT + "..")
                .and(not(resideInAnyPackage(ROOT + ".examples..", ROOT + ".model..", ROOT + ".eval..")));
    }

    private static ArchCondition<JavaMethod> mentionNd4j() {
        return new ArchCondition<>("mention ND4J") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
                        .filter(type -> type.getPackageName().startsWith("org.nd4j"))
                        .forEach(type -> events.add(SimpleConditionEvent.satisfied(
                                method, method.getFullName() + " mentions " + type.getName())));
            }
        };
    }
}
