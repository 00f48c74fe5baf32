package io.influtrace.loadtest.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a drill makes of the words of {@code scripts/ledger verify}. */
final class LedgerProofTest {

    private static final String ENDED =
            "status click 11-30-ad8a8c4e-4 order int_A/D0-51: stored superseded_by_coupon, computed no change";

    private static LedgerProof proof(int exitCode, String... lines) {
        return LedgerProof.of(List.of(lines), exitCode, "D0-51"::equals);
    }

    @Test
    void booksThatAgreeAreProved() {
        assertThat(proof(0, "orders=6 unsettled=0 entries=6 differences=0").agrees())
                .isTrue();
    }

    @Test
    void aClickThatALostOrderHadEndedIsNoDifference() {
        assertThat(proof(1, ENDED, "orders=6 unsettled=0 entries=6 differences=1")
                        .agrees())
                .isTrue();
    }

    @Test
    void aClickThatALivingOrderEndedAgainstItsDecisionIsOne() {
        String living = ENDED.replace("D0-51", "D0-52");

        assertThat(proof(1, living, "orders=6 unsettled=0 entries=6 differences=1"))
                .isEqualTo(new LedgerProof(false, living));
    }

    @Test
    void anyOtherDifferenceBesideItIsOne() {
        String money = "balance of ava: stored 1.00, computed 2.00";

        assertThat(proof(1, ENDED, money, "orders=6 unsettled=0 entries=6 differences=2"))
                .isEqualTo(new LedgerProof(false, money));
    }

    @Test
    void aProofWithoutAnEndProvesNothing() {
        assertThat(proof(2, "REDIS_URL is not reachable").agrees()).isFalse();
        assertThat(proof(1, "orders=6 unsettled=0 entries=6 differences=0").agrees())
                .isFalse();
    }
}
