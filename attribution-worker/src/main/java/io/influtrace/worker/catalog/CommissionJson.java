package io.influtrace.worker.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.influtrace.worker.attribution.Commission;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A commission as it is stored: {@code {"type":"percent","percent":"10"}} or {@code {"type":"fixed","value":500,"currency":"USD"}}. */
public final class CommissionJson {

    private CommissionJson() {}

    /** The stored form; percentages as decimal text, amounts in minor units. */
    public static ObjectNode write(Commission commission) {
        if (commission instanceof Commission.Fixed fixed) {
            return JsonFields.empty()
                    .with("type", "fixed")
                    .with("value", fixed.value())
                    .with("currency", fixed.currency())
                    .node();
        }
        Commission.Percent percent = (Commission.Percent) commission;
        JsonFields fields = JsonFields.empty()
                .with("type", "percent")
                .with("percent", percent.percent().toPlainString());
        ArrayNode tiers = fields.node().putArray("tiers");
        percent.tiers()
                .forEach(tier -> tiers.addObject()
                        .put("from", tier.from())
                        .put("percent", tier.percent().toPlainString()));
        return fields.node();
    }

    /** Reads {@link #write}; anything else is an {@link IllegalArgumentException}. */
    public static Commission read(JsonNode node) {
        JsonFields fields = JsonFields.of(node);
        if (fields.text("type").equals("fixed")) {
            return new Commission.Fixed(fields.number("value"), fields.text("currency"));
        }
        List<Commission.Tier> tiers = new ArrayList<>();
        for (JsonNode tier : fields.inner("tiers")) {
            JsonFields one = JsonFields.of(tier);
            tiers.add(new Commission.Tier(one.number("from"), new BigDecimal(one.text("percent"))));
        }
        return new Commission.Percent(new BigDecimal(fields.text("percent")), tiers);
    }
}
