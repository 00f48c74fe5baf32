package io.influtrace.loadtest.shopper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the shoppers' ledger makes of answers that come one after another. */
final class LedgerTest {

    private static final Order ORDER = new Order("D0-1", 1_000, "", "", "", "", 0);

    private final Ledger ledger = new Ledger();

    @Test
    void anOrderRefusedAtOnceMayNotBeInTheBooks() {
        ledger.placed(ORDER);
        ledger.refused(ORDER, "edge-1#1", "integration_disconnected", true, 1_000);

        assertThat(ledger.refusedForGood()).containsExactly("D0-1");
        assertThat(ledger.refusedInDoubt()).isEmpty();
        assertThat(ledger.open()).isZero();
    }

    @Test
    void anOrderRefusedBehindATryThatMayHaveComeInMayBeInTheBooks() {
        ledger.placed(ORDER);
        ledger.refused(ORDER, "edge-1#1", "store_unavailable", false, 1_000);
        ledger.refused(ORDER, "edge-1#1", "integration_disconnected", true, 1_000);

        assertThat(ledger.refusedForGood()).isEmpty();
        assertThat(ledger.refusedInDoubt()).containsExactly(ORDER);
    }

    @Test
    void soMayOneThatWasCutOff() {
        ledger.placed(ORDER);
        ledger.unanswered(ORDER, "edge-1#1", "cut");
        ledger.refused(ORDER, "edge-1#2", "integration_disconnected", true, 1_000);

        assertThat(ledger.refusedInDoubt()).containsExactly(ORDER);
    }

    @Test
    void oneThatIsAcceptedInTheEndIsNoLongerInDoubt() {
        ledger.placed(ORDER);
        ledger.unanswered(ORDER, "edge-1#1", "hung");
        ledger.accepted(ORDER, "edge-1#1", 1_000);

        assertThat(ledger.accepted()).containsExactly(ORDER);
        assertThat(ledger.refusedInDoubt()).isEmpty();
        assertThat(ledger.open()).isZero();
    }
}
