package io.influtrace.loadtest.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.loadtest.process.LoadtestFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run of all benches outlives any of them. */
final class BenchesTest {

    static List<Exception> failures() {
        return List.of(new BenchFailure("no wrk"), new LoadtestFailure("no wrk"), new IOException("no wrk"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aBenchThatCannotMeasureMissesItsBudgetAndEndsNothing(Exception failure) {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        Bench broken = (bed, pace, figures) -> {
            if (failure instanceof IOException io) {
                throw io;
            } else if (failure instanceof LoadtestFailure load) {
                throw load;
            }
            throw (RuntimeException) failure;
        };
        List<Row> rows = Benches.measured(
                broken, Path.of(""), Pace.QUICK, new Figures(), new PrintStream(told, true, StandardCharsets.UTF_8));
        assertThat(rows).hasSize(1).allMatch(Row::missed);
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("no wrk");
    }
}
