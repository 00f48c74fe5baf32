package io.influtrace.loadtest.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.loadtest.browser.Needed;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promise under a short storm, in every build; the long drills are {@code scripts/drill}. */
class BriefDrillTest {

    private static final long SEED = 6;

    @Test
    void everyPromiseIsKeptInAStorm(@TempDir Path folder) {
        Needed.programs(Needed.REDIS);
        List<Finding> findings = new Rehearsal(Drills.brief(), Path.of(".."), SEED, System.out).run(folder);

        assertThat(findings).extracting(Finding::name).contains("G1", "G2", "G3", "G4", "G5", "G6", "alerts");
        assertThat(findings).allMatch(Finding::held);
    }
}
