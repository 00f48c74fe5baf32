package io.influtrace.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoSettingsTest {

    /** A killed demo leaves its Redis running, and the next worker takes it over; the demo must not refuse before. */
    @Test
    void redisPortIsLeftToTheWorker() {
        DemoSettings settings = DemoSettings.of(Map.of("REDIS_PORT", "7001", "EDGE_PORT", "7002"));

        assertThat(settings.ports()).containsEntry("EDGE_PORT", 7002).doesNotContainValue(7001);
    }
}
