package io.influtrace.worker.report;

import io.influtrace.protocol.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Currency;

/** Numbers as answers spell them. */
final class Amounts {

    private static final int RATE_DIGITS = 4;

    private Amounts() {}

    static String money(long minor, String currency) {
        return Money.decimal(minor, Currency.getInstance(currency));
    }

    /** A mean amount, half-even; zero of nothing. */
    static String mean(long minor, long count, String currency) {
        long mean = count == 0
                ? 0
                : BigDecimal.valueOf(minor)
                        .divide(BigDecimal.valueOf(count), 0, RoundingMode.HALF_EVEN)
                        .longValueExact();
        return money(mean, currency);
    }

    /** A share with four digits, such as {@code 0.0125}; zero of nothing. */
    static String rate(long part, long whole) {
        BigDecimal rate = whole == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), RATE_DIGITS, RoundingMode.HALF_EVEN);
        return rate.setScale(RATE_DIGITS, RoundingMode.HALF_EVEN).toPlainString();
    }

    static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
