package io.influtrace.worker.admin;

import io.influtrace.protocol.money.Money;
import io.influtrace.worker.attribution.Commission;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A commission in bodies: {@code {type: percent, value: "10", tiers: [{from, value}]}} or {@code {type: fixed, value, currency}}. */
final class CommissionBody {

    private static final Set<String> FIELDS = Set.of("type", "value", "currency", "tiers");
    private static final int MOST_TIERS = 20;

    /** Digits after the point of a percentage. */
    private static final int MOST_SCALE = 6;

    private CommissionBody() {}

    static Commission read(Body body) {
        body.only(FIELDS);
        return body.word("type", "", Map.of("percent", true, "fixed", false))
                ? new Commission.Percent(percent(body), tiers(body))
                : fixed(body);
    }

    private static Commission fixed(Body body) {
        Currency currency = currency(body, "currency");
        return new Commission.Fixed(amount(body, "value", currency), currency.getCurrencyCode());
    }

    static Currency currency(Body body, String name) {
        return Money.currency(body.text(name, 3))
                .orElseThrow(() -> body.invalid(name, "must be a currency of ISO 4217"));
    }

    static long amount(Body body, String name, Currency currency) {
        try {
            return Money.minor(body.decimal(name), currency);
        } catch (Money.Refused refused) {
            throw body.invalid(name, String.valueOf(refused.getMessage()));
        }
    }

    private static BigDecimal percent(Body body) {
        BigDecimal percent = body.decimal("value");
        boolean sized = percent.scale() <= MOST_SCALE && percent.precision() - percent.scale() <= 3;
        if (!sized || percent.signum() < 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
            throw body.invalid("value", "must be within 0 and 100, with at most " + MOST_SCALE + " decimal digits");
        }
        return percent.stripTrailingZeros();
    }

    private static List<Commission.Tier> tiers(Body body) {
        List<Commission.Tier> tiers = new ArrayList<>();
        Object value = body.json().getValue("tiers");
        if (value == null) {
            return tiers;
        }
        if (!(value instanceof JsonArray array) || array.size() > MOST_TIERS) {
            throw body.invalid("tiers", "must be a list of at most " + MOST_TIERS);
        }
        for (Object element : array) {
            if (!(element instanceof JsonObject object)) {
                throw body.invalid("tiers", "must be a list of objects");
            }
            Body tier = new Body(object, body.prefix() + "tiers.");
            tiers.add(new Commission.Tier(tier.number("from", 1, 1_000_000), percent(tier)));
        }
        return tiers;
    }

    static JsonObject show(Commission commission) {
        if (commission instanceof Commission.Fixed fixed) {
            return new JsonObject()
                    .put("type", "fixed")
                    .put("value", Money.decimal(fixed.value(), Currency.getInstance(fixed.currency())))
                    .put("currency", fixed.currency());
        }
        Commission.Percent percent = (Commission.Percent) commission;
        JsonObject shown = new JsonObject()
                .put("type", "percent")
                .put("value", percent.percent().toPlainString());
        if (commission.tiered()) {
            JsonArray tiers = new JsonArray();
            percent.tiers()
                    .forEach(tier -> tiers.add(new JsonObject()
                            .put("from", tier.from())
                            .put("value", tier.percent().toPlainString())));
            shown.put("tiers", tiers);
        }
        return shown;
    }
}
