package io.influtrace.loadtest.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.influtrace.loadtest.options.Options;
import io.influtrace.loadtest.process.LoadtestFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bill is a product of rates and figures; what is simulated adds up and behaves as queues do. */
class CapacityTest {

    private static final Measured MEASURED = new Measured(10, 2, 50, 100, 20, 400, 100, 500);
    // 1,000 clicks and 10 orders a second.
    private static final Day DAY = new Day(86_400_000, 864_000, 100, 30, 400, 0.5, 1e9);
    private static final Bill BILL = new Bill(MEASURED, DAY);

    @TempDir
    Path folder = Path.of("");

    @Test
    void coresAreRatesTimesMicrosecondsOverWhatIsPlannedWith() {
        assertThat(BILL.edgeCores(1)).isCloseTo((1_000 * 10 + 10 * 100) / 1e6 / 0.5, within(1e-9));
        assertThat(BILL.redisCores(1)).isCloseTo((1_000 * 2 + 10 * 120) / 1e6 / 0.5, within(1e-9));
        assertThat(BILL.workerCores(1)).isCloseTo(10 * 400 / 1e6 / 0.5, within(1e-9));
        assertThat(BILL.edgeCores(100)).isCloseTo(100 * BILL.edgeCores(1), within(1e-9));
    }

    @Test
    void memoryIsWhatIsKeptForAsLongAsItIsKept() {
        assertThat(BILL.pendingBytes()).isCloseTo(86_400_000.0 * 38 * 50, within(1.0));
        assertThat(BILL.clickBytes()).isCloseTo(86_400_000.0 * 400 * 50, within(1.0));
        assertThat(BILL.orderBytesPerYear()).isCloseTo(864_000.0 * 365 * 500, within(1.0));
        double bytes = 86_400_000.0 * 400 * 50 + 864_000.0 * 365 * 500;
        assertThat(BILL.shards(1)).isEqualTo(Math.ceil(bytes / 1e9));
    }

    @Test
    void workersOfTwiceTheMeanNeedTheOutageOnceMoreToCatchUp() {
        CatchUp result = CatchUp.after(50, 1, 3_600, 100, new Random(1));

        assertThat(result.mostWaiting()).isCloseTo(50 * 3_600, within(2_000L));
        assertThat(result.oldestSeconds()).isCloseTo(3_600, within(5L));
        assertThat(result.secondsBehind()).isCloseTo(3_600, within(150L));
        assertThat(result.arrived() - result.settled()).isBetween(0L, 100L);
        assertThat(result.caughtUp()).isTrue();
    }

    @Test
    void workersBelowTheMeanNeverCatchUp() {
        assertThat(CatchUp.after(10, 1, 60, 9, new Random(1)).caughtUp()).isFalse();
    }

    @Test
    void whoIsClickedDoesNotMatterAndManyRunsFillAllPartitionsAlike() {
        assertThat(Partitioning.clickSkew(16, 4, 100_000_000, new Random(1))).isBetween(1.0, 1.01);
        assertThat(Partitioning.clickSkew(16, 1, 1_024, new Random(1))).isEqualTo(16);
        assertThat(Partitioning.orderSkew(16, 100_000)).isBetween(1.0, 1.1);
    }

    @Test
    void moreMastersThanPartitionsLeaveSomeIdleAndManyPartitionsSpreadAlike() {
        assertThat(Partitioning.masterSkew(16, 1)).isEqualTo(1);
        assertThat(Partitioning.masterSkew(16, 64)).isGreaterThanOrEqualTo(4);
        assertThat(Partitioning.masterSkew(256, 3)).isLessThan(1.3);
    }

    @Test
    void figuresOfARunAreReadAndAMissingOneIsNamed() throws IOException, LoadtestFailure {
        Path file = folder.resolve("figures.properties");
        Files.writeString(file, "edge.click.cpu.micros=10\n");
        assertThatThrownBy(() -> Measured.read(file))
                .isInstanceOf(LoadtestFailure.class)
                .hasMessageContaining("redis.click.cpu.micros");
        assertThatThrownBy(() -> Measured.read(folder.resolve("none")))
                .isInstanceOf(LoadtestFailure.class)
                .hasMessageContaining("scripts/bench all");
        assertThat(Measured.read(figures()).orderBytes()).isEqualTo(500);
    }

    @Test
    void theCommandPrintsTheBillAndTheSimulation() throws IOException, LoadtestFailure {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        CapacityCommand.run(
                Options.of(
                        new String[] {
                            "--clicks",
                            "1000000",
                            "--orders",
                            "10000",
                            "--figures",
                            figures().toString()
                        },
                        0),
                new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains(
                        "A day of 1,000,000 clicks and 10,000 orders",
                        "edges, cores",
                        "masters of 64 GiB",
                        "flash sale");
    }

    private Path figures() throws IOException {
        return Files.writeString(folder.resolve("all.properties"), """
                edge.click.cpu.micros=10
                edge.order.cpu.micros=100
                redis.accept.cpu.micros=20
                redis.click.bytes=50
                redis.click.cpu.micros=2
                redis.order.bytes=500
                redis.order.cpu.micros=100
                worker.order.cpu.micros=400
                """);
    }
}
