package io.influtrace.edge.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.hostile.Mutations;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any target that begins like a tracking link is taken apart without a failure, and nothing in it grows. */
final class TrackingPathFuzzTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void anyTargetIsTakenApart(long seed) {
        Mutations mutations = new Mutations(
                seed, List.of("spring", "spring/ava", "spring/ava/?a=b", "%73pring/%61va?x=%zz", "a/b/c", "?", "//"));
        for (int i = 0; i < Mutations.RUNS; i++) {
            String target = TrackingPath.PREFIX + mutations.text();
            TrackingPath path = TrackingPath.parse(target);
            assertThat(path.slug()).hasSizeLessThanOrEqualTo(TrackingPath.MAX_NAME);
            assertThat(path.slug().length()
                            + path.handle().length()
                            + path.query().length())
                    .isLessThanOrEqualTo(target.length());
            assertThat(path.query()).isSubstringOf(target);
            assertThat(BrowserMemory.read(BrowserMemory.COOKIE + "=" + mutations.text())
                            .map(memory -> memory.tokens().size())
                            .orElse(0))
                    .isLessThanOrEqualTo(BrowserMemory.MAX_TOKENS);
        }
    }
}
