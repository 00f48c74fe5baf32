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

        assertThat(water.missing("s", "100-2")).isEmpty();
        assertThat(water.missing("s", "101-0")).isEmpty();
        assertThat(water.missing("s", "99-9")).contains("100-2");
        assertThat(water.missing("s", "99-9")).isEmpty();
        assertThat(water.missing("s", "")).contains("99-9");
    }

    @Test
    void ofAStreamThatNobodyWroteToNothingIsMissing() {
        HighWater water = HighWater.empty();

        assertThat(water.knows("s")).isFalse();
        assertThat(water.missing("s", "")).isEmpty();
    }
}
