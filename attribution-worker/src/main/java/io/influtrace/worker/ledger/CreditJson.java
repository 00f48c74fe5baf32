package io.influtrace.worker.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.influtrace.worker.attribution.CouponFacts;
import io.influtrace.worker.attribution.Credit;
import io.influtrace.worker.attribution.Inputs;
import io.influtrace.worker.attribution.TouchFacts;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A credit as compact JSON: whose it is says the touch (0 and up) or the code (-1 and down) of the inputs that earned it;
 * one that neither says, such as a credit of older rules, is written in full.
 *
 * @param alone true where the order has but one credit, which is usually worth all of it
 */
record CreditJson(Inputs inputs, boolean alone) {

    ArrayNode write(Credit credit) {
        List<Credit> sources = sources();
        Slim json = new Slim();
        int found = 0;
        while (found < sources.size() && !earnedBy(sources.get(found), credit)) {
            found++;
        }
        if (found < sources.size()) {
            int touches = inputs.touches().size();
            json.add(found < touches ? found : touches - found - 1).add(credit.commission());
            json.unless(sources.get(found).eventId(), credit.eventId());
        } else {
            json.add(credit.creator()).add(credit.commission()).add(credit.eventId());
        }
        if (alone) {
            json.unless(inputs.order().value(), credit.value());
        } else {
            json.add(credit.value());
        }
        json.unless("1", credit.weight().toString());
        json.unless(inputs.order().currency(), credit.commissionCurrency());
        if (found == sources.size()) {
            json.add(credit.campaign()).add(credit.policyVersion()).add(credit.link());
        }
        return json.trimmed();
    }

    Credit read(JsonNode json) {
        BigInteger weight = new BigInteger(Slim.text(json.path(4), "1"));
        long value = Slim.number(json.path(3), inputs.order().value());
        String currency = Slim.text(json.path(5), inputs.order().currency());
        if (json.path(0).isTextual()) {
            return new Credit(
                    json.path(0).asText(),
                    json.path(6).asText(),
                    json.path(7).asInt(),
                    json.path(8).asText(),
                    json.path(2).asText(),
                    weight,
                    value,
                    json.path(1).asLong(),
                    currency);
        }
        int place = json.path(0).intValue();
        Credit source = sources().get(place >= 0 ? place : inputs.touches().size() - place - 1);
        return new Credit(
                source.creator(),
                source.campaign(),
                source.policyVersion(),
                source.link(),
                Slim.text(json.path(2), source.eventId()),
                weight,
                value,
                json.path(1).asLong(),
                currency);
    }

    private static boolean earnedBy(Credit source, Credit credit) {
        return source.creator().equals(credit.creator())
                && source.campaign().equals(credit.campaign())
                && source.policyVersion() == credit.policyVersion()
                && source.link().equals(credit.link())
                && (source.eventId().equals(credit.eventId())
                        || source.eventId().startsWith("coupon:"));
    }

    /** Touches, then codes, each as the credit that it would usually earn. */
    private List<Credit> sources() {
        List<Credit> sources = new ArrayList<>();
        for (TouchFacts touch : inputs.touches()) {
            sources.add(source(
                    touch.handle().orElse(""),
                    touch.campaign(),
                    touch.link(),
                    touch.id().text()));
        }
        String born =
                "coupon:" + inputs.order().integration() + "/" + inputs.order().orderId();
        for (CouponFacts coupon : inputs.coupons()) {
            sources.add(coupon.mapping()
                    .map(whom -> source(whom.creator(), whom.campaign(), whom.link(), born))
                    .orElseGet(() -> source("", "", "", born)));
        }
        return sources;
    }

    private Credit source(String creator, String campaign, String link, String eventId) {
        int version = inputs.policies().containsKey(campaign)
                ? inputs.policy(campaign).version()
                : -1;
        return new Credit(creator, campaign, version, link, eventId, BigInteger.ONE, 0, 0, "");
    }
}
