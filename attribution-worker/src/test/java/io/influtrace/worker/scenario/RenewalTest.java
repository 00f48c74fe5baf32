package io.influtrace.worker.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.worker.attribution.Verdict;
import io.influtrace.worker.reading.EventView;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.scenario.StoryWorker.CrashPoint;
import io.influtrace.worker.testing.RedisServer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A renewal earns for whoever earned the first order, and an order may be known by other names. */
final class RenewalTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with();

    private Redis redis;
    private ReportedStory story;

    @BeforeEach
    void begin() throws Exception {
        redis = Redis.of(SERVER.address());
        story = ReportedStory.on(redis);
    }

    @AfterEach
    void end() {
        story.close();
        redis.close();
    }

    @Test
    void renewalIsAFurtherConversionOfTheSameEventHoweverLate() throws Exception {
        String click = story.click(0, "ava");
        story.report(story.order(1, "O-1", 10_000).clicked(click));
        story.report(story.order(300, "R-1", 4_000).renewing("O-1"));

        assertThat(story.credits("R-1")).containsExactly("ava 4000 400");
        assertThat(story.view("R-1").decision().signal().word()).isEqualTo("link");
        EventView event = story.event(story.clickId(click));
        assertThat(event.status()).isEqualTo("converted");
        assertThat(event.orders()).containsExactly("shop/O-1", "shop/R-1");
        assertThat(story.pending("ava")).isEqualTo(1_400);
    }

    @Test
    void renewalOfACodesOrderBelongsToTheCodesEvent() throws Exception {
        story.report(story.order(1, "O-1", 10_000).coded("AVA10"));
        story.report(story.order(31, "R-1", 10_000).coded("BEN10").renewing("O-1"));

        assertThat(story.credits("R-1")).containsExactly("ava 10000 1000");
        assertThat(story.event("coupon:shop/O-1").orders()).containsExactly("shop/O-1", "shop/R-1");
    }

    @Test
    void renewalThatComesFirstWaitsForItsOrder() throws Exception {
        story.report(story.order(31, "R-1", 4_000).renewing("O-1"));
        story.report(story.order(61, "R-2", 4_000).renewing("O-1"));
        assertThat(story.found("R-1")).isEmpty();
        story.report(story.order(1, "O-1", 10_000).coded("AVA10"));

        assertThat(story.credits("R-1")).containsExactly("ava 4000 400");
        assertThat(story.credits("R-2")).containsExactly("ava 4000 400");
        assertThat(story.view("R-1").duplicates()).isZero();
        assertThat(story.pending("ava")).isEqualTo(1_800);
    }

    @ParameterizedTest
    @EnumSource(CrashPoint.class)
    void renewalThatWaitedIsSettledOnceWhereverTheWorkerDies(CrashPoint point) throws Exception {
        String click = story.click(0, "ava");
        story.report(story.order(31, "R-1", 4_000).renewing("O-1"));
        story.reportAndDie(story.order(1, "O-1", 10_000).clicked(click), point);

        assertThat(story.credits("O-1")).containsExactly("ava 10000 1000");
        assertThat(story.credits("R-1")).containsExactly("ava 4000 400");
        assertThat(story.pending("ava")).isEqualTo(1_400);
    }

    @Test
    void renewalThatWaitsKeepsWhateverIsReportedOfIt() throws Exception {
        story.report(story.order(31, "R-1", 4_000).renewing("O-1").stated(31));
        story.report(story.order(31, "R-1", 3_000).renewing("O-1").stated(32));
        story.report(story.order(1, "O-1", 10_000).coded("AVA10"));

        assertThat(story.credits("R-1")).containsExactly("ava 3000 300");
        assertThat(story.pending("ava")).isEqualTo(1_300);
    }

    @Test
    void renewalOfAnOrderThatNobodyEarnedIsJudgedByItself() throws Exception {
        story.report(story.order(1, "O-1", 10_000));
        story.report(story.order(31, "R-1", 4_000).renewing("O-1"));
        story.report(story.order(61, "R-2", 4_000).coded("BEN10").renewing("O-1"));

        assertThat(story.view("R-1").decision().reason().word()).isEqualTo("no_signal");
        assertThat(story.credits("R-2")).containsExactly("ben 4000 400");
    }

    @Test
    void renewalThatNobodyEarnedIsDecidedAgainOnceItsOrderIsEarned() throws Exception {
        String click = story.click(0, "ava");
        story.report(story.order(1, "O-1", 10_000));
        story.report(story.order(31, "R-1", 4_000).renewing("O-1"));
        story.report(story.order(61, "R-2", 4_000).coded("BEN10").renewing("O-1"));
        story.report(story.order(91, "R-3", 4_000).renewing("R-1"));
        story.report(story.order(1, "O-1", 10_000).clicked(click));

        assertThat(story.credits("O-1")).containsExactly("ava 10000 1000");
        assertThat(story.credits("R-1")).containsExactly("ava 4000 400");
        assertThat(story.credits("R-2")).containsExactly("ben 4000 400");
        assertThat(story.credits("R-3")).containsExactly("ava 4000 400");
        assertThat(story.event(story.clickId(click)).orders()).containsExactly("shop/O-1", "shop/R-1", "shop/R-3");
        assertThat(story.pending("ava")).isEqualTo(1_800);
        assertThat(story.view("R-1").joinedUnsigned()).isFalse();
        assertThat(story.view("R-1").duplicates() + story.view("R-2").duplicates())
                .isZero();
    }

    @Test
    void renewalThatAnUnsignedReportOfItsOrderEarnedIsFlaggedLikeIt() throws Exception {
        String click = story.click(0, "ava");
        story.report(story.order(1, "O-1", 10_000));
        story.report(story.order(31, "R-1", 4_000).renewing("O-1"));
        story.report(story.order(1, "O-1", 10_000).clicked(click).byPixel());

        assertThat(story.credits("R-1")).containsExactly("ava 4000 400");
        assertThat(story.view("O-1").joinedUnsigned()).isTrue();
        assertThat(story.view("R-1").joinedUnsigned()).isTrue();
    }

    @Test
    void secondLookAtARenewalLeavesWhatItWasAmendedTo() throws Exception {
        story.report(story.order(1, "O-1", 10_000));
        story.report(story.order(31, "R-1", 4_000).renewing("O-1"));
        story.report(story.order(31, "R-1", 3_000).renewing("O-1").stated(32));
        story.report(story.order(1, "O-1", 10_000).coded("AVA10"));

        assertThat(story.credits("R-1")).containsExactly("ava 3000 300");
    }

    @ParameterizedTest
    @EnumSource(CrashPoint.class)
    void renewalsSecondLookComesWhereverTheWorkerDies(CrashPoint point) throws Exception {
        String click = story.click(0, "ava");
        story.report(story.order(1, "O-1", 10_000));
        story.report(story.order(31, "R-1", 4_000).renewing("O-1"));
        story.reportAndDie(story.order(1, "O-1", 10_000).clicked(click), point);

        assertThat(story.credits("R-1")).containsExactly("ava 4000 400");
        assertThat(story.pending("ava")).isEqualTo(1_400);
    }

    @Test
    void renewalToldOfLaterIsASignalThatWasWanting() throws Exception {
        story.report(story.order(1, "O-1", 10_000).coded("AVA10"));
        story.report(story.order(31, "R-1", 4_000).byPixel());
        assertThat(story.view("R-1").decision().verdict()).isEqualTo(Verdict.UNATTRIBUTED);
        story.report(story.order(31, "R-1", 4_000).renewing("O-1"));

        assertThat(story.credits("R-1")).containsExactly("ava 4000 400");
        assertThat(story.view("R-1").joinedUnsigned()).isFalse();
    }

    @Test
    void renewalPaysTheRateOfItsOwnTime() throws Exception {
        story.report(story.order(1, "O-1", 10_000).coded("AVA10"));
        story.change(
                20, Map.of("campaigns", Map.of("main", Map.of("commission", Map.of("type", "percent", "value", "5")))));
        story.report(story.order(31, "R-1", 10_000).renewing("O-1"));

        assertThat(story.credits("R-1")).containsExactly("ava 10000 500");
        assertThat(story.credits("O-1")).containsExactly("ava 10000 1000");
    }

    @Test
    void sharesOfARenewalAreThoseOfItsOrder() throws Exception {
        story.change(0, Map.of("campaigns", Map.of("main", Map.of("model", "linear"))));
        String ava = story.click(1, "ava");
        String ben = story.click(2, "ben");
        story.report(story.order(3, "O-1", 10_001).clicked(ava, ben));
        story.report(story.order(33, "R-1", 5_001).renewing("O-1"));

        assertThat(story.credits("O-1")).containsExactly("ava 5001 500", "ben 5000 500");
        assertThat(story.credits("R-1")).containsExactly("ava 2501 250", "ben 2500 250");
    }

    @Test
    void renewalEarnsAlsoWhenEveryClickIsLost() throws Exception {
        String click = story.click(0, "ava");
        story.report(story.order(1, "O-1", 10_000).clicked(click));
        story.forget();
        story.report(story.order(300, "R-1", 4_000).renewing("O-1"));

        assertThat(story.credits("R-1")).containsExactly("ava 4000 400");
    }

    @Test
    void refundOfARenewalLeavesItsOrder() throws Exception {
        story.report(story.order(1, "O-1", 10_000).coded("AVA10"));
        story.report(story.order(31, "R-1", 4_000).renewing("O-1"));
        story.report(story.refund(32, "R-1", "F-1", 4_000));

        assertThat(story.view("R-1").refunded()).isEqualTo(4_000);
        assertThat(story.view("O-1").refunded()).isZero();
        assertThat(story.pending("ava")).isEqualTo(1_000);
    }

    @Test
    void orderThatRenewsItselfIsADeadLetterAndNothingElse() throws Exception {
        story.report(story.order(1, "O-1", 10_000).coded("AVA10").renewing("O-1"));

        assertThat(story.found("O-1")).isEmpty();
        assertThat(story.pending("ava")).isZero();
    }

    @Test
    void whatIsReportedUnderANameFindsItsOrder() throws Exception {
        story.report(story.refund(5, "pi_1", "F-1", 2_500));
        story.report(story.order(33, "in_2", 4_000).renewing("sub_1"));
        story.report(story.name(5, "pi_1", "in_1"));
        story.report(story.name(5, "sub_1", "in_1"));
        story.report(story.order(1, "in_1", 10_000).coded("AVA10"));
        story.report(story.refund(6, "pi_1", "F-2", 500));
        story.report(story.order(63, "in_3", 4_000).renewing("sub_1"));

        assertThat(story.view("in_1").refunded()).isEqualTo(3_000);
        assertThat(story.credits("in_2")).containsExactly("ava 4000 400");
        assertThat(story.credits("in_3")).containsExactly("ava 4000 400");
        assertThat(story.pending("ava")).isEqualTo(700 + 400 + 400);
    }

    @Test
    void orderReportedUnderANameIsTheSameOrder() throws Exception {
        story.report(story.name(1, "pi_1", "in_1"));
        story.report(story.order(1, "in_1", 10_000).coded("AVA10"));
        story.report(story.order(1, "pi_1", 10_000).coded("AVA10"));

        assertThat(story.found("pi_1")).isEmpty();
        assertThat(story.view("in_1").duplicates()).isEqualTo(1);
        assertThat(story.pending("ava")).isEqualTo(1_000);
    }

    @Test
    void nameOfAnOrderThatStandsChangesNothing() throws Exception {
        story.report(story.order(1, "pi_1", 10_000).coded("AVA10"));
        story.report(story.name(2, "pi_1", "in_1"));
        story.report(story.name(2, "in_9", "in_9"));
        story.report(story.refund(3, "pi_1", "F-1", 2_500));

        assertThat(story.view("pi_1").refunded()).isEqualTo(2_500);
    }

    @Test
    void namesThatLeadInACircleHarmNobody() throws Exception {
        story.report(story.name(1, "a", "b"));
        story.report(story.name(1, "b", "a"));
        story.report(story.order(2, "R-1", 4_000).renewing("a"));
        story.report(story.order(2, "O-1", 10_000).coded("AVA10"));

        assertThat(story.found("R-1")).isEmpty();
        assertThat(story.credits("O-1")).containsExactly("ava 10000 1000");
    }

    @Test
    void runningSumCountsAsFarAsItIsNew() throws Exception {
        story.report(story.order(1, "O-1", 10_000).coded("AVA10"));
        story.report(story.running(2, "O-1", "ch_1", 1_500));
        story.report(story.running(3, "O-1", "ch_1", 4_000));
        story.report(story.running(2, "O-1", "ch_1", 1_500));
        story.report(story.running(3, "O-1", "ch_1", 4_000));

        assertThat(story.view("O-1").refunded()).isEqualTo(4_000);
        assertThat(story.pending("ava")).isEqualTo(600);
    }

    @Test
    void amountsStandAsTheirSourceStatedThemLast() throws Exception {
        story.report(story.order(1, "O-1", 10_000).coded("AVA10").stated(5));
        story.report(story.order(1, "O-1", 20_000).coded("AVA10").stated(9));
        story.report(story.order(1, "O-1", 15_000).coded("AVA10").stated(7));

        assertThat(story.credits("O-1")).containsExactly("ava 20000 2000");
    }

    @Test
    void sameAmountsStatedLaterOutdateOthersThatComeLate() throws Exception {
        story.report(story.order(1, "O-1", 10_000).coded("AVA10").stated(5));
        story.report(story.order(1, "O-1", 10_000).coded("AVA10").stated(9));
        story.report(story.order(1, "O-1", 15_000).coded("AVA10").stated(7));

        assertThat(story.credits("O-1")).containsExactly("ava 10000 1000");
    }
}
