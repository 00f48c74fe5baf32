package io.influtrace.loadtest.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What the load printed is read right, and what is quoted is the median. */
class FiguresTest {

    @Test
    void theLoadsRequestsTimeAndFailuresAreRead() {
        Wrk run = Wrk.parse("""
                Running 6s test @ http://127.0.0.1:1
                  1 threads and 32 connections
                  170642 requests in 6.10s, 60.22MB read
                  Socket errors: connect 1, read 2, write 3, timeout 4
                  Non-2xx or 3xx responses: 5
                Requests/sec:  27974.10
                """);

        assertThat(run).isEqualTo(new Wrk(170_642, 6.10, 15));
        assertThat(run.rate()).isEqualTo(170_642 / 6.10);
        assertThat(Wrk.parse("6 requests in 1.50m, 1KB read")).isEqualTo(new Wrk(6, 90, 0));
    }

    @Test
    void whatIsNoReportIsNotTakenForOne() {
        assertThatThrownBy(() -> Wrk.parse("unable to connect")).isInstanceOf(BenchFailure.class);
    }

    @Test
    void theMedianIsQuotedWithItsSpread() {
        Series series = new Series();
        series.add(3);
        series.add(1);
        series.add(2);
        assertThat(series.words("%.1f")).isEqualTo("2.0 (1.0 to 3.0)");
        series.add(10);
        assertThat(series.median()).isEqualTo(2.5);
    }
}
