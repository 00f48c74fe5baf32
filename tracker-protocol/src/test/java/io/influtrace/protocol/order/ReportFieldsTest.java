package io.influtrace.protocol.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports survive the stream; what is none is named as what it is. */
final class ReportFieldsTest {

    private static final OrderReport FULL = new OrderReport(
            "shop",
            new OrderIdentity("store", "O/1=\\"),
            Source.WEBHOOK,
            1,
            2,
            "connected",
            7_900,
            "USD",
            OptionalLong.of(3),
            OptionalLong.of(4),
            OptionalLong.of(5),
            List.of(new CouponCode("A"), new CouponCode("B C")),
            List.of("t1", "t2"),
            Optional.of("ava"),
            Optional.of("hash"),
            Optional.of("paid"),
            List.of(new Item("", "Lamp, blue", 2, 350, "home"), new Item("s", "n", 1, 0, "")));

    private static final OrderReport BARE = new OrderReport(
            "shop",
            new OrderIdentity("shop", "O-1"),
            Source.PIXEL,
            1,
            2,
            "pending",
            0,
            "JPY",
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    @Test
    void everyReportIsReadAsItWasWritten() {
        List<Report> reports = List.of(
                FULL,
                BARE,
                FULL.statedAt(9).renewing(Optional.of("O/0")),
                new NameReport("shop", new OrderIdentity("shop", "pi_1"), 7, "in_1"),
                new RefundReport(
                        "shop",
                        new OrderIdentity("shop", "O-1"),
                        Source.WEBHOOK,
                        "ch_1",
                        5,
                        6,
                        OptionalLong.of(100),
                        "USD",
                        false,
                        true),
                new RefundReport(
                        "shop",
                        new OrderIdentity("shop", "O-1"),
                        Source.API,
                        "R-1",
                        5,
                        6,
                        OptionalLong.of(100),
                        "USD",
                        false),
                new RefundReport(
                        "shop",
                        new OrderIdentity("shop", "O-1"),
                        Source.API,
                        "C",
                        5,
                        6,
                        OptionalLong.empty(),
                        "",
                        true),
                new PingReport("shop", 7, List.of("t1")),
                new PingReport("shop", 7, List.of()),
                new SurveyReport("shop", new OrderIdentity("shop", "O-1"), 8, Optional.of("ava"), Optional.empty()));
        for (Report report : reports) {
            assertThat(ReportFields.read(ReportFields.write(report))).isEqualTo(report);
        }
    }

    @Test
    void aReportUnderAnotherIdentityIsTheSameInAllElse() {
        OrderIdentity other = new OrderIdentity("shop", "in_1");
        OrderReport order = FULL.statedAt(9).renewing(Optional.of("O/0"));
        assertThat(order.under(other).under(order.identity())).isEqualTo(order);
        assertThat(order.under(other).identity()).isEqualTo(other);
        RefundReport refund = new RefundReport(
                "shop", order.identity(), Source.API, "R", 5, 6, OptionalLong.of(1), "USD", false, true);
        assertThat(refund.under(other).under(refund.identity())).isEqualTo(refund);
    }

    @ParameterizedTest
    @CsvSource({
        "v, 2, unknown_version",
        "v, , missing_field",
        "k, dance, unknown_kind",
        "id, , missing_field",
        "id, none, bad_field",
        "val, NaN, bad_field",
        "src, hearsay, bad_field",
        "itm, one, bad_field"
    })
    void whatIsNoReportIsNamed(String field, String value, String reason) {
        Map<String, String> fields = new HashMap<>(ReportFields.write(FULL));
        if (value == null) {
            fields.remove(field);
        } else {
            fields.put(field, value);
        }
        assertThatThrownBy(() -> ReportFields.read(fields))
                .isInstanceOfSatisfying(
                        ReportFields.Malformed.class,
                        malformed -> assertThat(malformed.reason).isEqualTo(reason));
    }

    @Test
    void anItemWithAPriceThatIsNoNumberIsBad() {
        Map<String, String> fields = new HashMap<>(ReportFields.write(FULL));
        fields.put("itm", "s\tn\t1\tx\tc");
        assertThatThrownBy(() -> ReportFields.read(fields)).isInstanceOf(ReportFields.Malformed.class);
    }

    @Test
    void anIdentityKeepsWhateverTheStoreCallsItsOrder() {
        assertThat(OrderIdentity.parse("shop/a/b")).isEqualTo(new OrderIdentity("shop", "a/b"));
        assertThatThrownBy(() -> new OrderIdentity("a/b", "c")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OrderIdentity("a", "x".repeat(129))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OrderIdentity("a", "")).isInstanceOf(IllegalArgumentException.class);
    }
}
