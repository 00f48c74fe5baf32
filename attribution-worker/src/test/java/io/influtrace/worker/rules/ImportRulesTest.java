package io.influtrace.worker.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.influtrace.worker.attribution.offender.RuleWithAClient;
import io.influtrace.worker.attribution.offender.RuleWithADoor;
import io.influtrace.worker.ledger.offender.LedgerWithAServer;
import org.junit.jupiter.api.Test;

/** The rules know nothing but the platform and the protocol; the books know nothing of HTTP; nobody knows the edge. */
final class ImportRulesTest {

    private static final ArchRule RULES_ARE_PURE = classes()
            .that()
            .resideInAPackage("io.influtrace.worker.attribution..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "java..",
                            "org.jspecify..",
                            "io.influtrace.protocol..",
                            "io.influtrace.worker.attribution..")
                    .and(not(resideInAPackage("io.influtrace.protocol.http.."))));

    private static final ArchRule BOOKS_KNOW_NO_HTTP = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.influtrace.worker.ledger..",
                    "io.influtrace.worker.order..",
                    "io.influtrace.worker.click..",
                    "io.influtrace.worker.intake..",
                    "io.influtrace.worker.proof..",
                    "io.influtrace.worker.catalog..",
                    "io.influtrace.worker.reading..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx..",
                    "io.influtrace.protocol.http..",
                    "io.influtrace.worker.admin..",
                    "io.influtrace.edge..");

    private final JavaClasses worker = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.influtrace.worker");

    @Test
    void theRulesImportNothingButThePlatformAndTheProtocol() {
        RULES_ARE_PURE.check(worker);
    }

    @Test
    void theBooksKnowNothingOfHttp() {
        BOOKS_KNOW_NO_HTTP.check(worker);
    }

    @Test
    void eachRuleCatchesItsOffender() {
        assertThat(RULES_ARE_PURE
                        .evaluate(new ClassFileImporter().importClasses(RuleWithAClient.class))
                        .hasViolation())
                .isTrue();
        assertThat(RULES_ARE_PURE
                        .evaluate(new ClassFileImporter().importClasses(RuleWithADoor.class))
                        .hasViolation())
                .isTrue();
        assertThat(BOOKS_KNOW_NO_HTTP
                        .evaluate(new ClassFileImporter().importClasses(LedgerWithAServer.class))
                        .hasViolation())
                .isTrue();
    }
}
