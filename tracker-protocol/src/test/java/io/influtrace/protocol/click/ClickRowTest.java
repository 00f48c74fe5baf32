package io.influtrace.protocol.click;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids lead to rows and rows say what the token says. */
final class ClickRowTest {

    private static final ClickId ID = new ClickId(3, 30, 0x9f3a12bc, 130);

    @Test
    void aRowIsTwentyThreeBytesWithItsTimeFromTheSecondByteOn() {
        Click click = new Click(ID, ClickClass.PREFETCH, 0x0102_0304_0506L, -7, 9);
        byte[] row = new ClickRow(click, Long.MIN_VALUE).encode();
        assertThat(row).hasSize(ClickRow.LENGTH).startsWith(4, 1, 2, 3, 4, 5, 6);
        assertThat(ClickRow.decode(ID, row)).isEqualTo(new ClickRow(click, Long.MIN_VALUE));
    }

    @Test
    void aRowOfAnotherLengthOrClassIsRefused() {
        assertThatThrownBy(() -> ClickRow.decode(ID, new byte[22])).isInstanceOf(IllegalArgumentException.class);
        byte[] row = new byte[ClickRow.LENGTH];
        row[0] = 6;
        assertThatThrownBy(() -> ClickRow.decode(ID, row)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSequenceNamesBucketAndSlot() {
        assertThat(List.of(ID.bucket(), (long) ID.slot())).containsExactly(2L, 2L);
        assertThat(ID.text()).isEqualTo("3-30-9f3a12bc-82");
    }

    @Test
    void ofOneWriterTheLaterIdIsTheHigher() {
        assertThat(new ClickId(9, 1, 5, 10)).isLessThan(new ClickId(0, 365, 5, 11));
        assertThat(new ClickId(0, 1, 1, 10)).isLessThan(new ClickId(0, 1, -1, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "3-30-9f-", "256-30-9f-1", "3-0-9f-1", "3-366-9f-1", "3-30-9f-10000000000", "x-30-9f-1"})
    void whatIsNoIdIsNone(String text) {
        assertThat(ClickId.parse(text)).isEmpty();
    }

    @Test
    void everyClassHasOneWordAndOneCode() {
        for (ClickClass clickClass : ClickClass.values()) {
            assertThat(ClickClass.ofCode(clickClass.code())).isSameAs(clickClass);
            assertThat(ClickClass.ofWord(clickClass.word())).isSameAs(clickClass);
        }
        assertThatThrownBy(() -> ClickClass.ofCode(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTimeBeyondFortyEightBitsIsRefused() {
        assertThatThrownBy(() -> new Click(ID, ClickClass.HUMAN, 1L << 48, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Click(ID, ClickClass.HUMAN, -1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
