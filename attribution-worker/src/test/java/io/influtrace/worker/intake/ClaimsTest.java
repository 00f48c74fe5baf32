package io.influtrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.order.PingReport;
import io.influtrace.worker.order.Tokens;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who comes first for what reports share. */
final class ClaimsTest {

    private final Claims claims = new Claims();

    @Test
    void whoArrivedFirstComesFirstWhateverCameIntoHandFirst() {
        Arrival early = arrival(10, "a", "b");
        Arrival late = arrival(20, "b", "c");
        claims.add(late);
        claims.add(early);
        assertThat(claims.first(early)).isTrue();
        assertThat(claims.first(late)).isFalse();
        claims.remove(early);
        assertThat(claims.first(late)).isTrue();
    }

    @Test
    void oneThatClaimsNothingHereComesFirstUnlessAnEarlierSharesAnythingWithIt() {
        claims.add(arrival(10, "a"));
        assertThat(claims.first(arrival(20, "b"))).isTrue();
        assertThat(claims.first(arrival(20, "b", "a"))).isFalse();
        assertThat(claims.first(arrival(9, "a"))).isTrue();
    }

    @Test
    void addingAgainIsAsOnceAndRemovingAStrangerChangesNothing() {
        Arrival twice = arrival(10, "a", "a");
        claims.add(twice);
        claims.add(twice);
        claims.remove(arrival(11, "a"));
        assertThat(claims.first(arrival(20, "a"))).isFalse();
        claims.remove(twice);
        assertThat(claims.first(arrival(20, "a"))).isTrue();
    }

    private static Arrival arrival(long receivedAt, String... shared) {
        PingReport ping = new PingReport("shop", receivedAt, List.of());
        return new Arrival(0, receivedAt + "-0", ping, Tokens.NONE, List.of(shared), false);
    }
}
