package io.influtrace.protocol.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads and writes amounts. An amount is a {@code long} of minor units beside its ISO 4217 currency; the exponent (0, 2,
 * 3 and for a few funds codes 4 digits) is the platform's own ISO table.
 */
public final class Money {

    /** The largest amount read, in minor units: any product with a percentage still fits a {@code long}. */
    public static final long MAX_MINOR = 1_000_000_000_000_000L;

    private Money() {}

    /** A refused amount or currency; the message is for the sender and names no field. */
    public static final class Refused extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /** The currency of a three-letter code in either case; empty where ISO 4217 has none with minor units. */
    public static Optional<Currency> currency(String code) {
        try {
            Currency currency = Currency.getInstance(code.strip().toUpperCase(Locale.ROOT));
            return currency.getDefaultFractionDigits() < 0 ? Optional.empty() : Optional.of(currency);
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    /** Minor units of a decimal amount; more digits than the currency has, a negative, or too much is {@link Refused}. */
    public static long minor(BigDecimal amount, Currency currency) {
        int digits = currency.getDefaultFractionDigits();
        if (amount.signum() < 0) {
            throw new Refused("must not be negative");
        }
        // Compared by precision before any scaling: 1e999999999 must cost nothing.
        if (amount.signum() != 0 && amount.precision() - (long) amount.scale() > 16) {
            throw new Refused("is too large");
        }
        BigDecimal plain = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
        if (plain.scale() > digits) {
            throw new Refused("has more than the " + digits + " decimal digits of " + currency.getCurrencyCode());
        }
        BigDecimal minor = plain.setScale(digits, RoundingMode.UNNECESSARY).movePointRight(digits);
        if (minor.compareTo(BigDecimal.valueOf(MAX_MINOR)) > 0) {
            throw new Refused("is too large");
        }
        return minor.longValueExact();
    }

    /** The decimal spelling with all of the currency's digits, such as {@code -7.90}. */
    public static String decimal(long minor, Currency currency) {
        return BigDecimal.valueOf(minor, currency.getDefaultFractionDigits()).toPlainString();
    }
}
