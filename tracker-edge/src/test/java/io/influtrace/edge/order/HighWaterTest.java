package io.influtrace.edge.order;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HighWaterTest {

    @Test
    void aStreamThatEndsBeforeTheNewestAcknowledgedReportMissesItAndIsToldOnce() {
        HighWater water = HighWater.empty();
        water.acknowledged("s", "99-5");
        water.acknowledged("s", "100-2");
        water.acknowledged("s", "100-1");

        assertThat(water.newest("s")).isEqualTo("100-2");
        assertThat(water.missing("s", "100-2", "100-2")).isFalse();
        assertThat(water.missing("s", "100-2", "101-0")).isFalse();
        assertThat(water.missing("s", "100-2", "99-9")).isTrue();
        assertThat(water.newest("s")).isEqualTo("99-9");
        assertThat(water.missing("s", "99-9", "")).isTrue();
    }

    /** Found by the drill redis-absent: another loop's newer order, acknowledged meanwhile, looked like a lost one. */
    @Test
    void whatAnotherLoopWasToldMeanwhileIsNotMissing() {
        HighWater water = HighWater.empty();
        water.acknowledged("s", "100-0");
        String known = water.newest("s");
        water.acknowledged("s", "101-0");

        assertThat(water.missing("s", known, "100-0")).isFalse();
        assertThat(water.newest("s")).isEqualTo("101-0");
    }

    @Test
    void ofAStreamThatNobodyWroteToNothingIsMissing() {
        HighWater water = HighWater.empty();

        assertThat(water.newest("s")).isEmpty();
        assertThat(water.missing("s", "", "")).isFalse();
    }
}
