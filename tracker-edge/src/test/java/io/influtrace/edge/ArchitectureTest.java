package io.influtrace.edge;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What may import what, and what no event loop may do; each rule must reject its offender. */
final class ArchitectureTest {

    private static final String EDGE = "io.influtrace.edge";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(EDGE, "io.influtrace.protocol.http");
    private static final JavaClasses OFFENDERS = new ClassFileImporter()
            .withImportOption(new ImportOption.OnlyIncludeTests())
            .importPackages(EDGE + ".offender", EDGE + ".redis");

    private static final Set<String> BLOCKING = Set.of(
            "java.lang.Thread.sleep",
            "java.lang.Object.wait",
            "io.vertx.core.Future.await",
            "java.util.concurrent.CompletableFuture.join",
            "java.util.concurrent.CompletableFuture.get",
            "java.util.concurrent.CountDownLatch.await");

    private static final ArchRule NOTHING_BLOCKS = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(EDGE + ".EdgeMain")
            .should(callMethodWhere(new DescribedPredicate<JavaMethodCall>("it blocks") {
                @Override
                public boolean test(JavaMethodCall call) {
                    return BLOCKING.contains(call.getTargetOwner().getName() + "." + call.getName());
                }
            }));

    private static final ArchRule NOTHING_LOCKS = noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED);

    private static final ArchRule REDIS_STANDS_ALONE = classes()
            .that()
            .resideInAPackage(EDGE + ".redis..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    EDGE + ".redis..",
                    "io.influtrace.protocol..",
                    "io.vertx..",
                    "java..",
                    "org.jspecify..",
                    "org.slf4j..");

    private static final ArchRule FOLDERS_LOOK_DOWN = noClasses()
            .that()
            .resideInAnyPackage(EDGE + ".directory..", EDGE + ".outbox..", EDGE + ".redis..", EDGE + ".http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(EDGE + ".redirect..", EDGE + ".order..", EDGE + ".pixel..", EDGE + ".ops..");

    private static final ArchRule NO_OTHER_CLIENTS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.lettuce..", "io.influtrace.worker..", "io.influtrace.loadtest..", "java.sql..");

    private static void holds(ArchRule rule) {
        rule.check(MAIN);
        assertThat(rule.evaluate(OFFENDERS).hasViolation())
                .as(rule.getDescription())
                .isTrue();
    }

    @Test
    void nothingOnAnEventLoopWaits() {
        holds(NOTHING_BLOCKS);
        assertThat(NOTHING_BLOCKS.evaluate(OFFENDERS).getFailureReport().getDetails())
                .hasSize(4);
    }

    @Test
    void nothingLocks() {
        holds(NOTHING_LOCKS);
    }

    @Test
    void connectionsKnowNothingOfWhatTheyCarry() {
        holds(REDIS_STANDS_ALONE);
    }

    @Test
    void foldersLookDownward() {
        holds(FOLDERS_LOOK_DOWN);
    }

    @Test
    void edgeNeverImportsTheWorkerOrItsClients() {
        holds(NO_OTHER_CLIENTS);
    }
}
