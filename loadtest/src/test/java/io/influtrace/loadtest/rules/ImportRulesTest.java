package io.influtrace.loadtest.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The load knows the edge and the worker from outside only, as the world does. */
class ImportRulesTest {

    private static final ArchRule FROM_OUTSIDE_ONLY = noClasses()
            .that()
            .resideInAPackage("io.influtrace.loadtest..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.influtrace.edge..", "io.influtrace.worker..");

    @Test
    void nothingHereReachesIntoTheEdgeOrTheWorker() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.influtrace.loadtest");

        assertThat(classes).isNotEmpty();
        FROM_OUTSIDE_ONLY.check(classes);
    }

    @Test
    void theRuleCatchesAnOffender() {
        JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);

        assertThat(FROM_OUTSIDE_ONLY.evaluate(offender).hasViolation()).isTrue();
        assertThat(Offender.reach()).isEqualTo("inside");
    }
}
