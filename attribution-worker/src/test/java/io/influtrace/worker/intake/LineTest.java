package io.influtrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.order.PingReport;
import io.influtrace.worker.order.Tokens;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose turn it is. */
final class LineTest {

    private static final long[] ALL_READ = {Line.ALL_READ, Line.ALL_READ};

    private final Line line = new Line(2);

    @Test
    void nothingGoesBeforeALookThatBeganAfterItCame() {
        Arrival report = arrival(0, 10, "a");
        line.add(report);
        assertThat(line.next(ALL_READ, claims())).isEmpty();
        line.look();
        assertThat(line.next(ALL_READ, claims())).containsExactly(report);
        assertThat(line.next(ALL_READ, claims())).as("it is gone").isEmpty();
    }

    @Test
    void whatSharesNothingGoesSideBySideAndWhatSharesWaitsForTheEarlier() {
        Arrival late = arrival(0, 30, "a", "b");
        Arrival early = arrival(1, 10, "a");
        Arrival other = arrival(1, 20, "c");
        line.add(late);
        line.add(early);
        line.add(other);
        line.look();
        assertThat(line.next(ALL_READ, claims())).containsExactly(early, other);
        line.remove(early);
        assertThat(line.next(ALL_READ, claims())).containsExactly(late);
    }

    @Test
    void aLaterReportWaitsBehindOneThatWaitsItself() {
        line.add(arrival(0, 20, "a", "b"));
        line.add(arrival(0, 30, "b"));
        line.look();
        assertThat(line.next(ALL_READ, claims(arrival(1, 10, "a")))).isEmpty();
    }

    @Test
    void whatIsUnreadElsewhereMayBeEarlierAndIsWaitedFor() {
        Arrival report = arrival(0, 10, "a");
        line.add(report);
        line.look();
        assertThat(line.next(new long[] {Line.ALL_READ, 9}, claims())).isEmpty();
        assertThat(line.next(new long[] {Line.ALL_READ, Line.NOTHING_KNOWN}, claims()))
                .isEmpty();
        assertThat(line.next(new long[] {Line.NOTHING_KNOWN, 10}, claims()))
                .as("what is unread of its own partition came after it")
                .containsExactly(report);
    }

    @Test
    void whatIsInOtherHandsIsWaitedForOnlyByWhatSharesWithIt() {
        Arrival sharing = arrival(0, 20, "a");
        Arrival alone = arrival(0, 30, "b");
        line.add(sharing);
        line.add(alone);
        line.look();
        assertThat(line.next(ALL_READ, claims(arrival(1, 10, "a")))).containsExactly(alone);
        assertThat(line.next(ALL_READ, claims(arrival(1, 21, "a"))))
                .as("a later one elsewhere waits for this one")
                .containsExactly(sharing);
    }

    @Test
    void whatIsInHandIsNotTakenTwice() {
        Arrival report = arrival(1, 10, "a");
        assertThat(line.add(report)).isTrue();
        assertThat(line.add(report)).isFalse();
        assertThat(line.held(1)).isEqualTo(1);
        assertThat(line.holds(1, report.id())).isTrue();
        line.remove(report);
        line.remove(report);
        assertThat(line.held(1)).isZero();
    }

    private static Claims claims(Arrival... elsewhere) {
        Claims claims = new Claims();
        List.of(elsewhere).forEach(claims::add);
        return claims;
    }

    private static Arrival arrival(int partition, long receivedAt, String... shared) {
        PingReport ping = new PingReport("shop", receivedAt, List.of());
        return new Arrival(partition, receivedAt + "-0", ping, Tokens.NONE, List.of(shared), false);
    }
}
