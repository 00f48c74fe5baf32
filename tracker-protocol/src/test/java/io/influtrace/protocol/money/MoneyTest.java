package io.influtrace.protocol.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Amounts are read exactly or not at all. */
final class MoneyTest {

    @ParameterizedTest
    @CsvSource({
        "79.00, USD, 7900, 79.00",
        "79, USD, 7900, 79.00",
        "0, USD, 0, 0.00",
        "0.0000, JPY, 0, 0",
        "1.5e3, JPY, 1500, 1500",
        "79.000, USD, 7900, 79.00",
        "1.234, KWD, 1234, 1.234",
        "0.01, EUR, 1, 0.01",
        "10000000000000, USD, 1000000000000000, 10000000000000.00"
    })
    void anAmountIsMinorUnitsOfItsCurrency(String text, String code, long minor, String decimal) {
        Currency currency = Money.currency(code).orElseThrow();
        assertThat(Money.minor(new BigDecimal(text), currency)).isEqualTo(minor);
        assertThat(Money.decimal(minor, currency)).isEqualTo(decimal);
    }

    @ParameterizedTest
    @CsvSource({
        "79.001, USD, has more than the 2 decimal digits of USD",
        "0.5, JPY, has more than the 0 decimal digits of JPY",
        "-0.01, USD, must not be negative",
        "10000000000000.01, USD, is too large",
        "1e999999999, USD, is too large",
        "1e-999999999, USD, has more than the 2 decimal digits of USD"
    })
    void anAmountThatWouldHaveToBeChangedIsRefused(String text, String code, String why) {
        Currency currency = Money.currency(code).orElseThrow();
        assertThatThrownBy(() -> Money.minor(new BigDecimal(text), currency))
                .isInstanceOf(Money.Refused.class)
                .hasMessage(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "US", "USDX", "ZZZ", "XAU", "XXX"})
    void anUnknownCurrencyIsNone(String code) {
        assertThat(Money.currency(code)).isEmpty();
    }

    @Test
    void aCurrencyIsReadInEitherCase() {
        assertThat(Money.currency(" usd ")).contains(Currency.getInstance("USD"));
        assertThat(Money.decimal(-790, Currency.getInstance("USD"))).isEqualTo("-7.90");
    }
}
