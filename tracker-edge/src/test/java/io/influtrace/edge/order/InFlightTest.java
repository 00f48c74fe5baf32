package io.influtrace.edge.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

/** Reports that come faster than Redis takes them: those let in are answered in time, and as many as Redis can. */
final class InFlightTest {

    private static final long MS = 1_000_000;
    private static final long DEADLINE = 2_000 * MS;

    private record Report(int among, long since) {}

    /** Redis as a queue: so many microseconds a report, and whoever waits longer than the deadline is lost with all others. */
    private static final class Line {
        private final InFlight inFlight = new InFlight(DEADLINE);
        private final ArrayDeque<Report> queue = new ArrayDeque<>();
        private long free;
        private long now;
        private int answered;
        private int refused;
        private int late;

        /** Lets reports come at a rate, answered each after {@code service} nanoseconds of Redis. */
        void run(long gap, long service, long until) {
            for (; now < until; now += gap) {
                work(service);
                if (inFlight.isFull()) {
                    refused++;
                } else {
                    queue.add(new Report(inFlight.enter(), now));
                }
            }
        }

        private void work(long service) {
            while (!queue.isEmpty()) {
                Report oldest = queue.peek();
                long done = Math.max(free, oldest.since) + service;
                if (Math.min(done, now) - oldest.since > DEADLINE) {
                    late += queue.size();
                    queue.forEach(each -> inFlight.leave(each.among, now - each.since, false));
                    queue.clear();
                    free = now;
                } else if (done <= now) {
                    queue.remove();
                    free = done;
                    answered++;
                    inFlight.leave(oldest.among, done - oldest.since, true);
                } else {
                    return;
                }
            }
        }
    }

    @Test
    void tenTimesWhatRedisTakesIsRefusedAtOnceAndRedisStaysBusy() {
        Line line = new Line();
        line.run(400_000, 4 * MS, 60_000 * MS);

        assertThat(line.answered).isGreaterThan((int) (0.9 * 60_000 / 4));
        assertThat(line.late).as("of the first rush, before Redis was known").isLessThanOrEqualTo(InFlight.MOST);
        assertThat(line.refused + line.answered + line.late + line.queue.size()).isEqualTo(60_000_000 / 400);
    }

    @Test
    void aRushThatRedisTakesInTimeIsLetInWhole() {
        Line line = new Line();
        line.run(1_000, 100_000, 2 * MS);
        line.run(MS, 100_000, 1_000 * MS);

        assertThat(line.refused).isZero();
    }

    @Test
    void onceRedisIsFastAgainAllAreLetInAgain() {
        Line line = new Line();
        line.run(400_000, 4 * MS, 20_000 * MS);
        line.run(400_000, 40_000, 21_000 * MS);
        int before = line.refused;
        line.run(400_000, 40_000, 30_000 * MS);

        assertThat(line.refused).isEqualTo(before);
        assertThat(line.late).isLessThanOrEqualTo(InFlight.MOST);
    }

    @Test
    void aLongLineIsNoFullOne() {
        InFlight inFlight = new InFlight(DEADLINE);
        for (int round = 0; round < 50; round++) {
            int[] among = new int[500];
            for (int i = 0; i < among.length; i++) {
                assertThat(inFlight.isFull()).isFalse();
                among[i] = inFlight.enter();
            }
            for (int each : among) {
                inFlight.leave(each, 900 * MS, true);
            }
        }
    }
}
