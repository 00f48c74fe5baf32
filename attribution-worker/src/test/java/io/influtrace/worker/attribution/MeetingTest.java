package io.influtrace.worker.attribution;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.influtrace.protocol.click.ClickClass;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is noted of clicks that met in a ping. */
final class MeetingTest {

    @Test
    void theOlderOfTwoGivesWayUnderLastClick() {
        Meeting.Notes notes = meet(Facts.lastClick().click(1, "ava", ofDays(2)).click(2, "ben", ofDays(1)));
        assertThat(notes.superseded()).singleElement().satisfies(change -> {
            assertThat(change.id()).isEqualTo(Facts.id(1));
            assertThat(change.reason()).isEqualTo(EventReason.SUPERSEDED_BY_NEWER_REFERRAL);
            assertThat(change.by().orElseThrow().creator()).isEqualTo("ben");
        });
    }

    @Test
    void theLaterOfTwoGivesWayUnderFirstClickWhileTheFirstHolds() {
        Meeting.Notes notes = meet(Facts.under(Model.FIRST_CLICK)
                .click(1, "ava", ofDays(50))
                .click(2, "ben", ofDays(25))
                .click(3, "cleo", ofDays(10)));
        assertThat(notes.superseded()).extracting(TouchChange::id).containsExactly(Facts.id(2));
    }

    @Test
    void nobodyGivesWayUnderAModelThatShares() {
        assertThat(meet(Facts.under(Model.LINEAR).click(1, "ava", ofDays(2)).click(2, "ben", ofDays(1)))
                        .superseded())
                .isEmpty();
    }

    @Test
    void theNextNewerClickIsTheOtherSideToTheMillisecondOfTheWindow() {
        Meeting.Notes notes = meet(Facts.lastClick()
                .click(1, "ava", ofDays(31), touch -> touch)
                .click(2, "ben", ofDays(1))
                .click(3, "cleo", ofDays(1).minusMillis(1)));
        assertThat(notes.superseded())
                .extracting(change ->
                        change.id() + " by " + change.by().orElseThrow().creator())
                .containsExactly(Facts.id(1) + " by ben", Facts.id(2) + " by cleo");
    }

    @Test
    void strangersAndMachinesNeitherGiveWayNorTake() {
        Meeting.Notes notes = meet(Facts.lastClick()
                .click(1, "ava", ofDays(3))
                .click(2, "stranger", ofDays(2))
                .click(3, "ben", ofDays(1), touch -> touch.as(ClickClass.BOT)));
        assertThat(notes.superseded()).isEmpty();
        assertThat(meet(Facts.lastClick().click(2, "stranger", ofDays(2))).superseded())
                .isEmpty();
    }

    @Test
    void repeatsAreFoundInAPingToo() {
        Meeting.Notes notes = meet(Facts.lastClick()
                .click(1, "ava", ofDays(1))
                .click(2, "ava", ofDays(1).minus(ofSeconds(9))));
        assertThat(notes.repeats()).containsExactly(new Decision.Repeat(Facts.id(2), Facts.id(1)));
        assertThat(notes.superseded()).isEmpty();
    }

    @Test
    void prefetchedClickThatRepeatsAnotherIsNotConfirmed() {
        Meeting.Notes notes = meet(Facts.lastClick()
                .click(1, "ava", ofDays(3))
                .click(2, "ava", ofDays(3).minus(ofSeconds(9)), touch -> touch.as(ClickClass.PREFETCH))
                .click(3, "ben", ofDays(2), touch -> touch.as(ClickClass.PREFETCH)));
        assertThat(notes.confirmed()).containsExactly(Facts.id(3));
        assertThat(meet(Facts.lastClick().click(2, "stranger", ofDays(2), touch -> touch.as(ClickClass.PREFETCH)))
                        .confirmed())
                .containsExactly(Facts.id(2));
    }

    @Test
    void aMeetingWithoutThePolicyOfItsLatestTouchIsRefused() {
        Inputs inputs = Facts.lastClick().click(1, "ava", ofDays(2)).inputs();
        assertThatThrownBy(() -> Meeting.of(inputs.touches(), Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static Meeting.Notes meet(Facts facts) {
        Inputs inputs = facts.inputs();
        return Meeting.of(inputs.touches(), inputs.policies());
    }
}
