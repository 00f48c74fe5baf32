package io.influtrace.edge.webhook;

import io.influtrace.protocol.money.Money;
import io.influtrace.protocol.order.Item;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Optional;

/** An order's lines for the report by product: whatever is odd in one is cut or rounded, for it never costs the order. */
final class Lines {

    static final int TEXT = 200;

    private static final int MAX_QUANTITY = 1_000_000;
    private static final int MAX_SCALE = 30;

    private Lines() {}

    static Item item(
            Optional<String> sku,
            Optional<String> name,
            Optional<BigDecimal> quantity,
            Optional<BigDecimal> price,
            Currency currency) {
        return new Item(
                sku.orElse(""),
                name.orElse(""),
                quantity.filter(Lines::small)
                        .map(number -> Math.max(1, Math.min(MAX_QUANTITY, number.intValue())))
                        .orElse(1),
                price.filter(Lines::small).map(each -> minor(each, currency)).orElse(0L),
                "");
    }

    // 1e999999999 is a number of eleven characters: looked at before it is reckoned with.
    private static boolean small(BigDecimal number) {
        return number.signum() > 0 && number.scale() <= MAX_SCALE && number.precision() - (long) number.scale() <= 12;
    }

    private static long minor(BigDecimal price, Currency currency) {
        return Money.minor(price.setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_EVEN), currency);
    }
}
