package io.influtrace.worker.attribution;

import static io.influtrace.worker.attribution.Facts.id;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.influtrace.protocol.click.ClickClass;
import io.influtrace.worker.attribution.CouponFacts.Standing;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the merchant reads about every signal, and the corners that only a second look finds. */
final class TraceTest {

    @Test
    void everySignalIsNamedWithItsRuleAndOutcome() {
        Decision decision = Facts.lastClick()
                .click(1, "ava", ofDays(3))
                .click(2, "ben", ofDays(2))
                .click(3, "ben", ofDays(2).minus(ofSeconds(1)))
                .click(4, "ben", ofDays(1), touch -> touch.on("summer"))
                .coupon("BEN10", "ben")
                .coupon("AVA10", "ava")
                .decide();
        assertThat(decision.trace())
                .extracting(TraceStep::subject, TraceStep::rule, TraceStep::outcome)
                .containsExactly(
                        tuple("BEN10", "coupon", "credited"),
                        tuple("AVA10", "second_coupon", "set_aside"),
                        tuple(id(1).text(), "superseded_by_coupon", "assist"),
                        tuple(id(2).text(), "superseded_by_coupon", "set_aside"),
                        tuple(id(4).text(), "last_click", "credited"),
                        tuple(id(3).text(), "repeat", "set_aside"));
    }

    @Test
    void aLosingClickOfTheWinnerIsNoAssist() {
        Decision decision = Facts.lastClick()
                .click(1, "ava", ofDays(3))
                .click(2, "ava", ofDays(2))
                .decide();
        assertThat(decision.trace())
                .extracting(TraceStep::rule, TraceStep::outcome)
                .containsExactly(tuple("last_click", "set_aside"), tuple("last_click", "credited"));
    }

    @Test
    void aClickAtTheInstantOfTheOrderIsBeforeIt() {
        Decision decision = Facts.lastClick()
                .click(1, "ava", ofDays(31))
                .click(2, "ben", ofMillis(0))
                .decide();
        assertThat(decision.trace()).extracting(TraceStep::rule).containsExactly("link_window_elapsed", "last_click");
    }

    @Test
    void eachGateSpeaksForItself() {
        Decision decision = Facts.lastClick()
                .click(1, "direct", ofDays(9))
                .click(2, "stranger", ofDays(8))
                .click(3, "ava", ofDays(7), touch -> touch.as(ClickClass.BOT))
                .click(4, "ava", ofDays(6), touch -> touch.refused(TouchFacts.Refusal.SUPERSEDED))
                .click(5, "ava", ofDays(5), touch -> touch.refused(TouchFacts.Refusal.EXPIRED))
                .click(6, "ava", ofDays(4), touch -> touch.stores("other"))
                .click(7, "ava", ofDays(3), Facts.Touch::byTheBuyer)
                .decide();
        assertThat(decision.trace())
                .extracting(TraceStep::detail)
                .containsExactly(
                        "link spring was clicked without a creator",
                        "link spring was clicked with a handle that nobody had registered",
                        "the click on spring was a bot's, not a person's",
                        "ava clicked 6 d before; the event had already been superseded",
                        "ava clicked 5 d before; the event had already expired",
                        "ava clicked 4 d before on spring, which is not enabled for shop",
                        "ava is the buyer");
    }

    @ParameterizedTest
    @CsvSource({"BOT, a bot's", "PREVIEW, a link preview's", "HEAD, a HEAD request's"})
    void clickThatNobodyMadeSaysWhoseItWas(ClickClass clickClass, String whose) {
        Decision decision = Facts.lastClick()
                .click(1, "ava", ofDays(7), touch -> touch.as(clickClass))
                .decide();
        assertThat(decision.trace())
                .extracting(TraceStep::detail)
                .containsExactly("the click on spring was " + whose + ", not a person's");
    }

    @Test
    void eachCodeSpeaksForItself() {
        Decision decision = Facts.lastClick()
                .coupon("PAST", "ava", Standing.OUTSIDE_DATES, false)
                .coupon("ELSEWHERE", "ava", Standing.INTEGRATION_DISABLED, false)
                .coupon("MINE", "ava", Standing.MAPPED, true)
                .coupon("SMALL", "ava", Standing.BELOW_MINIMUM, false)
                .coupon("OFTEN", "ava", Standing.LIMIT_REACHED, false)
                .unknownCoupon("NOBODY")
                .unknownCoupon("AVA1", "AVA10", "AVA15")
                .decide();
        assertThat(decision.trace())
                .extracting(TraceStep::detail)
                .containsExactly(
                        "code PAST was mapped to nobody at " + Instant.ofEpochMilli(Facts.ORDER_AT)
                                + ", when the order was placed",
                        "code ELSEWHERE is not enabled for shop",
                        "code MINE is the buyer's own",
                        "the order is below the least value that code SMALL earns on",
                        "code OFTEN had been used as often as it may",
                        "code NOBODY is mapped to nobody",
                        "code AVA1 is mapped to nobody; did the shopper mean AVA10 or AVA15?");
    }

    @Test
    void theExplanationNamesTheMissThatDecided() {
        Inputs inputs = Facts.lastClick()
                .click(1, "stranger", ofDays(1))
                .unknownCoupon("NOBODY")
                .inputs();
        assertThat(Explanation.of(inputs, Attribution.decide(inputs)))
                .isEqualTo("Credited to nobody (coupon_unknown): code NOBODY is mapped to nobody.");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "1, 1 ms",
        "1000, 1 s",
        "61000, 1 min 1 s",
        "86400000, 1 d",
        "90061001, 1 d 1 h",
        "86400001, 1 d 1 ms"
    })
    void spansAreSpokenInTheirTwoLeadingUnits(long millis, String spoken) {
        assertThat(Spoken.span(millis)).isEqualTo(spoken);
    }

    @Test
    void underFirstClickALaterTouchHoldsToTheMillisecondOfTheFirstOnesWindow() {
        Facts facts = Facts.under(Model.FIRST_CLICK).click(1, "ava", ofDays(37), touch -> touch.window(7));
        facts.click(2, "ben", ofDays(30));
        assertThat(Meeting.of(facts.inputs().touches(), facts.inputs().policies())
                        .superseded())
                .extracting(TouchChange::id)
                .containsExactly(id(2));
    }

    @Test
    void theModelComesFromTheLatestTouchThatMayEarnNotFromTheLatestOfAll() {
        Decision decision = Facts.under(Model.LINEAR)
                .policy("last", Model.LAST_CLICK, Commission.percent("10"))
                .click(1, "ava", ofDays(3))
                .click(2, "ben", ofDays(2))
                .click(3, "cleo", ofDays(1), touch -> touch.in("last").stores("other"))
                .decide();
        assertThat(decision.credits()).hasSize(2);
        assertThat(decision.losers()).isEmpty();
    }

    @Test
    void theModelOfTheEarningTouchAlsoDecidesWhoGivesWay() {
        Decision decision = Facts.under(Model.LINEAR)
                .policy("last", Model.LAST_CLICK, Commission.percent("10"))
                .click(1, "ava", ofDays(8), touch -> touch.window(7))
                .click(2, "ben", ofDays(2))
                .click(3, "cleo", ofDays(1), touch -> touch.in("last").stores("other"))
                .decide();
        assertThat(decision.credits()).extracting(Credit::creator).containsExactly("ben");
        assertThat(decision.losers()).isEmpty();
    }

    @Test
    void ofSeveralMissesOfOneKindTheLatestIsTold() {
        Inputs inputs = Facts.lastClick()
                .click(1, "ava", ofDays(50))
                .click(2, "ben", ofDays(40))
                .inputs();
        assertThat(Explanation.of(inputs, Attribution.decide(inputs)))
                .isEqualTo("Credited to nobody (link_window_elapsed): ben clicked 40 d before; window 30 d.");
    }

    @Test
    void clicksOfStoresThatShareNothingLeaveEachOtherAlone() {
        Decision decision = Facts.lastClick()
                .click(1, "ava", ofDays(3), touch -> touch.stores("other"))
                .click(2, "ben", ofDays(2), touch -> touch.stores("third"))
                .click(3, "cleo", ofDays(1))
                .decide();
        assertThat(decision.losers()).isEmpty();
    }

    @Test
    void aRefusedTouchThatWouldNotHaveCountedIsNoAssist() {
        Decision decision = Facts.lastClick()
                .click(1, "ava", ofDays(40), touch -> touch.refused(TouchFacts.Refusal.EXPIRED))
                .click(2, "ben", ofDays(1))
                .decide();
        assertThat(decision.assists()).isEmpty();
    }

    @Test
    void theBuyersOwnClickGivesWayToNobodyInAMeeting() {
        Inputs inputs = Facts.lastClick()
                .click(1, "ava", ofDays(2), Facts.Touch::byTheBuyer)
                .click(2, "ben", ofDays(1))
                .inputs();
        assertThat(Meeting.of(inputs.touches(), inputs.policies()).superseded()).isEmpty();
    }

    @Test
    void inputsKeepAllButWhatWasChanged() {
        Inputs inputs = Facts.lastClick()
                .click(1, "ava", ofDays(1))
                .coupon("BEN10", "ben")
                .inputs();
        Inputs amended = inputs.amended(inputs.order().amended(500, "USD", 1, 2));
        assertThat(amended.order().value()).isEqualTo(500);
        assertThat(amended.touches()).isEqualTo(inputs.touches());
        assertThat(inputs.with("ben", 7).ordinals()).containsEntry("ben", 7L);
        assertThatThrownBy(() -> inputs.policy("unknown")).hasMessageContaining("unknown");
    }

    @Test
    void wordsAreTheCodesOfTheApi() {
        assertThat(Arrays.stream(Model.values()).map(Model::word))
                .containsExactly("last_click", "first_click", "linear", "time_decay", "position_based");
        for (Model model : Model.values()) {
            assertThat(Model.ofWord(model.word())).isSameAs(model);
        }
        assertThat(Arrays.stream(Model.values()).filter(Model::shared))
                .containsExactly(Model.LINEAR, Model.TIME_DECAY, Model.POSITION_BASED);
        assertThat(EventReason.WINDOW_ELAPSED.word()).isEqualTo("window_elapsed");
        assertThat(Verdict.UNATTRIBUTED.word()).isEqualTo("unattributed");
    }

    @Test
    void aPercentageIsWithinNothingAndAll() {
        assertThat(new Commission.Percent(BigDecimal.ZERO, List.of()).tiered()).isFalse();
        assertThat(new Commission.Percent(BigDecimal.valueOf(100), List.of()).tiered())
                .isFalse();
        assertThatThrownBy(() -> Commission.percent("100.01")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Commission.percent("-1")).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Commission.Fixed(1, "USD").tiered()).isFalse();
    }

    @Test
    void aUsableCodeWithoutItsMappingIsAnErrorOfTheCaller() {
        CouponFacts unmapped = new CouponFacts("X", Standing.MAPPED, Optional.empty(), false, List.of());
        Inputs inputs = Facts.lastClick().inputs();
        Inputs broken = new Inputs(
                inputs.order(), List.of(unmapped), List.of(), List.of(), inputs.policies(), inputs.ordinals());
        assertThatThrownBy(() -> Attribution.decide(broken)).hasMessageContaining("unmapped");
    }

    @Test
    void storesAreKeptSortedSoThatTheSameFactsAreTheSameBytes() {
        TouchFacts touch = Facts.lastClick()
                .click(1, "ava", ofDays(1), start -> start.stores("zeta", "alpha", "mid"))
                .inputs()
                .touches()
                .get(0);
        assertThat(touch.integrations()).containsExactly("alpha", "mid", "zeta");
        assertThat(Set.copyOf(touch.integrations())).hasSize(3);
    }
}
