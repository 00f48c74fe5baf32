package io.influtrace.edge.webhook;

import io.influtrace.edge.body.Body;
import io.influtrace.edge.body.Invalid;
import java.util.Currency;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Amounts in the units that Stripe reckons in, which are not ISO's everywhere: the ariary has none below the whole here,
 * and the Icelandic króna and the Ugandan shilling keep the hundredths that ISO took from them.
 */
record StripeAmounts(Currency currency) {

    private static final Set<String> WHOLE = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");
    private static final Set<String> THOUSANDTHS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

    /** Minor units as ISO counts them. */
    long of(Body body, String name) throws Invalid {
        return body.units(name, digits(), currency);
    }

    /** The same where Stripe may leave it out. */
    OptionalLong ifThere(Body body, String name) throws Invalid {
        return body.has(name) ? OptionalLong.of(of(body, name)) : OptionalLong.empty();
    }

    private int digits() {
        String code = currency.getCurrencyCode();
        return WHOLE.contains(code) ? 0 : THOUSANDTHS.contains(code) ? 3 : 2;
    }
}
