package io.influtrace.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is drawn by lot has the shares that were asked for. */
class MixTest {

    private static final int DRAWS = 100_000;

    @Test
    void eachKindComesInItsShare() {
        Mix mix = Mix.parse("click=3,order=1").orElseThrow();
        Random random = new Random(1);
        Map<Kind, Integer> drawn = new EnumMap<>(Kind.class);
        for (int i = 0; i < DRAWS; i++) {
            drawn.merge(mix.pick(random), 1, Integer::sum);
        }

        assertThat(drawn).containsOnlyKeys(Kind.CLICK, Kind.ORDER);
        assertThat(drawn.getOrDefault(Kind.CLICK, 0)).isBetween(74_000, 76_000);
        assertThat(mix.has(Kind.PING)).isFalse();
    }

    @Test
    void theUsualMixHasEveryKind() {
        Mix usual = Mix.parse(Kind.usualMix()).orElseThrow();

        assertThat(Kind.values()).allMatch(usual::has);
    }

    @Test
    void whatIsNoMixIsNotTakenForOne() {
        assertThat(Mix.parse("")).isEmpty();
        assertThat(Mix.parse("click")).isEmpty();
        assertThat(Mix.parse("click=0")).isEmpty();
        assertThat(Mix.parse("click=-1")).isEmpty();
        assertThat(Mix.parse("clicks=1")).isEmpty();
    }

    @Test
    void theFirstRankComesTwiceAsOftenAsTheSecondAndNoneIsLeftOut() {
        Zipf zipf = Zipf.of(10);
        Random random = new Random(1);
        int[] drawn = new int[10];
        for (int i = 0; i < DRAWS; i++) {
            drawn[zipf.pick(random)]++;
        }

        assertThat(drawn[0] / (double) drawn[1]).isBetween(1.9, 2.1);
        assertThat(drawn[0] / (double) drawn[9]).isBetween(9.0, 11.0);
        assertThat(Zipf.of(1).pick(random)).isZero();
    }
}
