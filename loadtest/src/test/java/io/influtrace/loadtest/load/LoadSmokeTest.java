package io.influtrace.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.loadtest.browser.Needed;
import io.influtrace.loadtest.demo.Deployment;
import io.influtrace.loadtest.process.LoadtestFailure;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole mix for a moment against both jars: everything is answered, and as it asked. */
class LoadSmokeTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void everyKindOfRequestIsAnsweredAsItAsks() throws LoadtestFailure {
        Needed.programs(Needed.REDIS);
        try (Deployment product = Deployment.onRedis(folder)) {
            Shop shop = Sowing.sow(product.admin(), "load-", 3, "load", 5);
            Sowing.connect(product.admin(), product.edgeUrl(), shop);
            URI edge = URI.create(product.edgeUrl());
            LoadPlan plan = new LoadPlan(
                    List.of(new InetSocketAddress(edge.getHost(), edge.getPort())),
                    300,
                    Duration.ofSeconds(2),
                    Duration.ZERO,
                    16,
                    Kind.usualMix(),
                    42);

            Tally tally = Load.run(plan, shop, "smoke");

            assertThat(tally.due()).isBetween(400L, 800L);
            assertThat(tally.answered()).isEqualTo(tally.due());
            assertThat(tally.lost()).isEmpty();
            for (Kind kind : Kind.values()) {
                assertThat(tally.statuses(kind.word())).as(kind.word()).containsOnlyKeys(kind.wanted());
            }
        }
    }
}
