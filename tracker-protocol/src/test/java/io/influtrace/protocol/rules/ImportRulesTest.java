package io.influtrace.protocol.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.influtrace.protocol.http.offender.DoorThatCounts;
import io.influtrace.protocol.money.offender.MoneyOverHttp;
import io.influtrace.protocol.money.offender.MoneyWithALoop;
import org.junit.jupiter.api.Test;

/** What both sides speak knows the JDK alone; only the doors of its ports know a server, and nothing else knows the doors. */
final class ImportRulesTest {

    private static final String PROTOCOL = "io.influtrace.protocol..";
    private static final String HTTP = "io.influtrace.protocol.http..";

    private static final DescribedPredicate<JavaClass> PURE = resideInAnyPackage(
                    "java..", "javax.crypto..", "org.jspecify..", PROTOCOL)
            .and(not(resideInAPackage(HTTP)));

    private static final ArchRule SPEECH_IS_PURE = classes()
            .that()
            .resideInAPackage(PROTOCOL)
            .and()
            .resideOutsideOfPackage(HTTP)
            .should()
            .onlyDependOnClassesThat(PURE);

    private static final ArchRule DOORS_KNOW_NO_SPEECH = classes()
            .that()
            .resideInAPackage(HTTP)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", HTTP, "io.vertx.core..", "io.netty.handler.codec..");

    private final JavaClasses main = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.influtrace.protocol");

    @Test
    void whatBothSidesSpeakKnowsTheJdkAlone() {
        SPEECH_IS_PURE.check(main);
        assertThat(fails(SPEECH_IS_PURE, MoneyOverHttp.class)).isTrue();
        assertThat(fails(SPEECH_IS_PURE, MoneyWithALoop.class)).isTrue();
    }

    @Test
    void doorsOfThePortsKnowNothingOfWhatIsSpoken() {
        DOORS_KNOW_NO_SPEECH.check(main);
        assertThat(fails(DOORS_KNOW_NO_SPEECH, DoorThatCounts.class)).isTrue();
    }

    private static boolean fails(ArchRule rule, Class<?> offender) {
        return rule.evaluate(new ClassFileImporter().importClasses(offender)).hasViolation();
    }
}
