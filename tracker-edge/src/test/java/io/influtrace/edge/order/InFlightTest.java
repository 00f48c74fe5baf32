package io.influtrace.edge.order;

import static io.influtrace.edge.order.RedisLine.MS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever Redis takes is let in and answered in time, and whatever it does not is refused at once. */
final class InFlightTest {

    private static final long SEED = 6;
    private static final long SECOND = 1_000 * MS;
    private static final double FAST = 15_000;
    private static final double WARM = 3_000;

    static Stream<Arguments> overloads() {
        return Stream.of(20.0, 50.0, 110.0, 300.0, 1_000.0, 5_000.0, FAST)
                .flatMap(rate -> Stream.of(1.2, 2.0, 10.0, 30.0).map(times -> Arguments.of(rate, times)));
    }

    @ParameterizedTest(name = "{0}/s, {1} times as many")
    @MethodSource("overloads")
    void anEdgeThatKnowsNothingKeepsRedisBusyAndRefusesTheRestAtOnce(double rate, double times) {
        RedisLine line = new RedisLine(SEED, rate);
        line.come(times * rate, 10 * SECOND);

        assertBusyAndHonest(line, rate);
    }

    @ParameterizedTest(name = "{0}/s, {1} times as many")
    @MethodSource("overloads")
    void anEdgeUsedToAFastRedisHearsOfASlowOneInTime(double rate, double times) {
        RedisLine line = new RedisLine(SEED, FAST);
        line.come(WARM, 2 * SECOND).counted();
        line.rate(rate);
        line.come(times * rate, 10 * SECOND);

        assertBusyAndHonest(line, rate);
    }

    // One in a hundred is the drill's own measure; those are of the first moment, ten seconds long.
    private static void assertBusyAndHonest(RedisLine line, double rate) {
        assertThat(line.answered()).as("%s", line).isGreaterThan((long) (0.95 * rate * 10));
        assertThat(line.inVain()).as("%s", line).isLessThanOrEqualTo((line.refused() + line.inVain()) / 50);
    }

    @ParameterizedTest(name = "{0}/s")
    @ValueSource(doubles = {20, 110, 1_000, 5_000, FAST})
    void whatRedisTakesIsLetInWhole(double rate) {
        RedisLine line = new RedisLine(SEED, rate);
        line.come(0.7 * rate, 20 * SECOND);

        assertThat(line.refused() + line.inVain()).as("%s", line).isZero();
    }

    static Stream<Arguments> hiccups() {
        return Stream.of(50, 100, 200, 300)
                .flatMap(millis -> Stream.of(100.0, 1_000.0, 5_000.0)
                        .flatMap(rate ->
                                Stream.of(0L, 2 * MS, 10 * MS).map(clump -> Arguments.of(millis, rate, clump))));
    }

    @ParameterizedTest(name = "{0} ms, {1}/s, replies each {2} ns")
    @MethodSource("hiccups")
    void aHiccupOfRedisRefusesNobody(int millis, double rate, long clump) {
        RedisLine line = new RedisLine(SEED, FAST).inClumps(Math.max(1, clump));
        line.come(rate, 2 * SECOND);
        for (int i = 0; i < 10; i++) {
            line.stop(millis * MS);
            line.come(rate, SECOND);
        }

        assertThat(line.refused() + line.inVain()).as("%s", line).isZero();
    }

    @Test
    void aRushOnAnIdleEdgeIsLetInWhole() {
        RedisLine line = new RedisLine(SEED, FAST).burst(250);

        assertThat(line.refused()).isZero();
    }

    @Test
    void aRushThatIsAnsweredInAQuarterOfTheDeadlineIsLetInWholeThoughItsRepliesAreSlow() {
        RedisLine line = new RedisLine(SEED, 1_000);
        line.come(500, 5 * SECOND).come(2_000, 350 * MS).come(500, 5 * SECOND);

        assertThat(line.refused() + line.inVain()).as("%s", line).isZero();
    }

    @Test
    void theLineBehindALongHiccupRefusesNobodyWhileItDrains() {
        RedisLine line = new RedisLine(SEED, FAST);
        line.come(2_000, 5 * SECOND);
        line.stop(700 * MS);
        line.come(2_000, 700 * MS).counted();
        line.come(2_000, 5 * SECOND);

        assertThat(line.refused() + line.inVain()).as("%s", line).isZero();
    }

    @Test
    void quickRepliesMakeRoomForALargerRush() {
        RedisLine line = new RedisLine(SEED, FAST);
        line.come(200, 10 * SECOND).burst(InFlight.MOST);

        assertThat(line.refused()).isZero();
        assertThat(line.burst(1).refused()).isOne();
    }

    @ParameterizedTest(name = "{0} ms there and back")
    @ValueSource(ints = {10, 50, 100, 150})
    void anEdgeFarFromItsRedisIsNotTakenForASlowOne(int millis) {
        RedisLine line = new RedisLine(SEED, FAST).away(millis * MS);
        line.come(100, 5 * SECOND).burst(200).come(500, 5 * SECOND);

        assertThat(line.refused() + line.inVain()).as("%s", line).isZero();
    }

    @Test
    void thoseWhoCameTogetherAreNotTakenForOneFarAway() {
        InFlight inFlight = new InFlight(RedisLine.DEADLINE);
        for (long now = 0; now < 20 * SECOND; now += 300 * MS) {
            long since = now;
            List<InFlight.Place> together = IntStream.range(0, 32)
                    .mapToObj(each -> inFlight.enter(since))
                    .toList();
            together.forEach(place -> inFlight.leave(place, since + 300 * MS, true));
        }
        int letIn = 0;
        for (; !inFlight.isFull(20 * SECOND); letIn++) {
            inFlight.enter(20 * SECOND);
        }

        assertThat(letIn).as("of 107 a second").isLessThan(110);
    }

    @Test
    void aRedisThatAnswersNobodyLetsInWhatCameInAQuarterOfTheDeadline() {
        RedisLine line = new RedisLine(SEED, FAST);
        line.come(500, 5 * SECOND).counted();
        line.stop(RedisLine.DEADLINE - MS);
        line.come(500, 1_900 * MS);

        assertThat(line.refused()).as("%s", line).isBetween(600L, 800L);
    }

    @Test
    void onceRedisIsWellEverybodyIsLetInAgain() {
        RedisLine line = new RedisLine(SEED, 110);
        line.come(1_100, 20 * SECOND);
        line.rate(FAST);
        line.come(1_100, SECOND).counted();
        line.come(1_100, 20 * SECOND).burst(InFlight.MOST / 2);

        assertThat(line.refused() + line.inVain()).as("%s", line).isZero();
    }

    @Test
    void aRedisThatWasGoneIsMetWithFewAndSoonWithAll() {
        RedisLine line = new RedisLine(SEED, FAST);
        line.come(2_000, 5 * SECOND);
        line.stop(10 * SECOND);
        line.come(2_000, 11 * SECOND).counted();
        line.come(2_000, 10 * SECOND);

        assertThat(line.refused() + line.inVain()).as("%s", line).isZero();
    }
}
